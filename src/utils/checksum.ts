/** A whole number in base 36, with zeros in front. */
export const digits = (value: number, length: number): string => `00000${value.toString(36)}`.slice(-length);

/** `length` digits (0 to z) that tell a text from another one. Not for secrets: who has the text has them. */
export const checksum = (text: string, length: number): string => {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum ^ text.charCodeAt(i), 0x5bd1e995) ^ (sum >>> 13)) >>> 0;
  return digits(sum, length);
};
