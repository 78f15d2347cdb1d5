/**
 * A number in [0, 1) from a text: even, and independent between texts that differ in one character.
 *
 * FNV-1a alone leaves neighbours alike; the finish is MurmurHash3's mix (both in the public domain).
 */
export const hashUnit = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};
