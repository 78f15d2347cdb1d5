import { randomHex } from '../utils/randomHex';

/**
 * One share: what a link carries. It names no visitor.
 *
 * `depth` is 1 for a share by a visitor whom nobody brought; the `root` of that share is its own `id`.
 */
export interface ShareToken {
  readonly id: string;
  readonly root: string;
  readonly depth: number;
}

const MAX_DEPTH = 36 ** 3 - 1;
// All of it may stand in a WeChat QR code's `scene` (32 characters of digits, letters and !#$&'()*+,/:;=?@-._~).
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html
const PATTERN = /^mt\.([0-9a-z]{10})\.([0-9a-z]{10})\.([0-9a-z]{1,3})\.([0-9a-z]{2})$/;

const hash = (text: string): number => {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum ^ text.charCodeAt(i), 0x5bd1e995) ^ (sum >>> 13)) >>> 0;
  return sum;
};
const digits = (value: number, length: number): string => value.toString(36).padStart(length, '0').slice(-length);

/** The second half of an id is made from the first and the visitor, so that a visitor knows its own shares again. */
const sign = (half: string, visitor: string): string => digits(hash(half + visitor) % 36 ** 5, 5);

export const createShareId = (visitor: string): string => {
  const half = digits(Number.parseInt(randomHex(8), 16), 5);
  return half + sign(half, visitor);
};

export const isOwnShare = (id: string, visitor: string): boolean => sign(id.slice(0, 5), visitor) === id.slice(5);

/** At most 31 characters. The last two tell a damaged token. */
export const formatToken = ({ id, root, depth }: ShareToken): string => {
  const body = `mt.${id}.${root}.${Math.min(depth, MAX_DEPTH).toString(36)}`;
  return `${body}.${digits(hash(body) % 1296, 2)}`;
};

/** `undefined` for what is no token, damaged or made up. */
export const parseToken = (value: unknown): ShareToken | undefined => {
  const text = String(value);
  const [, id, root, depth = '', check] = PATTERN.exec(text) || [];
  if (!id || !root || check !== digits(hash(text.slice(0, -3)) % 1296, 2)) return undefined;
  const level = Number.parseInt(depth, 36);
  // The first of a chain is its own root, and no other is.
  return level > 0 && (level === 1) === (id === root) ? { id, root, depth: level } : undefined;
};
