/** Bytes of UTF-8. Counted by hand: no host has `TextEncoder`. */
export const byteLength = (text: string): number => {
  let bytes = text.length;
  // Most text is ASCII, and a pattern skips it far faster than a loop can.
  for (const run of text.match(/[^ -~]+/g) || []) {
    for (let i = run.length; i--; ) {
      const code = run.charCodeAt(i);
      // A surrogate pair is two units and four bytes: two each, one of them counted already.
      if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
    }
  }
  return bytes;
};
