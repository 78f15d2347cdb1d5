/** `length` random hexadecimal digits. */
export const randomHex = (length: number): string => {
  let hex = '';
  while (hex.length < length) hex += ((Math.random() * 0x10000) | 0x10000).toString(16).slice(1);
  return hex.slice(0, length);
};
