/** Takes off as many layers of URL encoding as there are, or only those before the text shows `until`. */
export const decode = (value: unknown, until = /^$/): string => {
  const text = `${value}`;
  try {
    const plain = decodeURIComponent(text);
    return plain === text || until.test(text) ? text : decode(plain, until);
  } catch {
    // A stray `%`: not encoded, or cut. It stays as it is.
    return text;
  }
};
