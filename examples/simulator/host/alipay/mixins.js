/**
 * Every mixin, in the order in which their lifecycle functions run: those it uses first, each once.
 * github.com/AlipayDocs/open-docs: mini/framework/自定义组件/mixins.md
 *
 * @param {any[]} mixins
 */
export const flattenMixins = (mixins = []) => [...new Set(mixins.flatMap((mixin) => [...flattenMixins(mixin.mixins), mixin]))];

/** The fields of one section, the later over the earlier. */
export const merge = (parts, section) => Object.assign({}, ...parts.map((part) => part[section]));
