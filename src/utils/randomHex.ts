/**
 * `length` random hexadecimal digits. All of the clock is in them, for engines that start `Math.random` alike on many
 * devices.
 */
export const randomHex = (length: number): string => {
  let hex = '';
  while (hex.length < length) hex += (((Math.random() * (0x10000 + Date.now())) & 0xffff) | 0x10000).toString(16).slice(1);
  return hex.slice(0, length);
};
