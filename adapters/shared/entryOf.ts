import type { EnterOptions } from '../../src/types/host';

interface RawOptions extends EnterOptions {
  readonly refererInfo?: object;
}

/**
 * How the visitor entered, in one form. A scene keeps its zeros: documents say string where typings say number, and a
 * number is brought back to the `digits` of a code.
 */
export const entryOf =
  (digits: number) =>
  (options: RawOptions): EnterOptions => {
    const { scene, referrerInfo, refererInfo } = options;
    return Object.assign({}, options, {
      scene: typeof scene === 'number' ? `00000${scene}`.slice(-digits) : scene,
      referrerInfo: referrerInfo || refererInfo,
    }) as EnterOptions;
  };
