const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of text in Latin-1. By hand: no host has `btoa`. */
export const base64 = (text: string): string => {
  let encoded = '';
  for (let i = 0; i < text.length; i += 3) {
    // Beyond the end `charCodeAt` is NaN, which is 0 here.
    const bits = (text.charCodeAt(i) << 16) | (text.charCodeAt(i + 1) << 8) | text.charCodeAt(i + 2);
    for (let j = 0; j < 4; j++) encoded += i + j > text.length ? '=' : ALPHABET[(bits >> (18 - 6 * j)) & 63];
  }
  return encoded;
};
