import { ApiError } from './callApi.js';

// All three hosts. https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
const MAX_TOTAL_BYTES = 10 * 1024 * 1024;

const utf8Bytes = (text) => {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

const encode = (value) => {
  // Cross-realm safe: the app's Date is not the host's.
  if (Object.prototype.toString.call(value) === '[object Date]') return JSON.stringify({ date: +value });
  let text;
  try {
    text = JSON.stringify({ value });
  } catch (error) {
    throw new ApiError(String(error.message));
  }
  return text;
};

/**
 * The app's key-value storage on the device.
 *
 * @param {object} options
 * @param {import('./createDevice.js').StorageArea} options.area
 * @param {number} options.maxKeyBytes
 * @param {{ JSON: JSON, Date: DateConstructor }} options.realm values given to the app must be of its own realm
 * @param {(change: { op: string, key?: string, bytes?: number, totalBytes: number }) => void} options.onChange
 */
export const createStorage = ({ area, maxKeyBytes, realm, onChange }) => {
  const sizeOf = (key, text) => utf8Bytes(key) + utf8Bytes(text);
  const sizes = new Map([...area.keys()].map((key) => [key, sizeOf(key, area.get(key))]));
  const total = () => [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);

  const set = (key, value) => {
    if (typeof key !== 'string') throw new ApiError('parameter error: parameter.key should be String', 'parameter');
    const text = encode(value);
    const bytes = sizeOf(key, text);
    // Messages as developers report them: the first from Android, the second from the base library.
    if (bytes > maxKeyBytes) throw new ApiError('entry size limit reached', 'keyFull');
    if (total() - (sizes.get(key) ?? 0) + bytes > MAX_TOTAL_BYTES)
      throw new ApiError('exceed storage max size 10Mb', 'storageFull');
    try {
      area.set(key, text);
    } catch {
      // The medium under us is smaller than the phone's (a browser's localStorage): to the app it is just full.
      throw new ApiError('exceed storage max size 10Mb', 'storageFull');
    }
    sizes.set(key, bytes);
    onChange({ op: 'set', key, bytes, totalBytes: total() });
  };

  const has = (key) => sizes.has(key);

  const get = (key) => {
    const text = area.get(key);
    if (text === undefined) return '';
    const stored = realm.JSON.parse(text);
    return 'date' in stored ? new realm.Date(stored.date) : stored.value;
  };

  const remove = (key) => {
    if (!sizes.has(key)) return;
    area.delete(key);
    sizes.delete(key);
    onChange({ op: 'remove', key, totalBytes: total() });
  };

  const clear = () => {
    for (const key of [...sizes.keys()]) area.delete(key);
    sizes.clear();
    onChange({ op: 'clear', totalBytes: 0 });
  };

  const info = () =>
    realm.JSON.parse(
      JSON.stringify({
        keys: [...sizes.keys()],
        currentSize: Math.ceil(total() / 1024),
        limitSize: MAX_TOTAL_BYTES / 1024,
      }),
    );

  return { set, get, has, remove, clear, info };
};
