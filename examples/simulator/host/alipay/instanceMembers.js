const readPath = (data, path) =>
  path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .reduce((value, key) => value?.[key], data);

/**
 * What Alipay gives each page and component beside the shared members; `setData` as a member of its own, where mpx
 * looks for it.
 *
 * @param {any} instance
 */
export const instanceMembers = (instance) => {
  const setData = instance.setData.bind(instance);
  return {
    setData,
    // https://opendocs.alipay.com/mini/framework/page-detail#Page.prototype.%24spliceData
    $spliceData(changes, callback) {
      const data = {};
      for (const [path, [start, deleted, ...added]] of Object.entries(changes)) {
        data[path] = [...(readPath(instance.data, path) ?? [])];
        data[path].splice(start, deleted, ...added);
      }
      setData(data, callback);
    },
    $batchedUpdates: (work) => void work(),
    $selectComponent: (selector) => instance.selectComponent(selector),
    $selectAllComponents: (selector) => instance.selectAllComponents(selector),
  };
};
