import { checksum, digits } from '../utils/checksum';
import { randomHex } from '../utils/randomHex';

/**
 * One share: what a link carries. It names no visitor.
 *
 * `depth` is 1 for a share by a visitor whom nobody brought; the `root` of that share is its own `id`.
 */
export interface ShareToken {
  readonly id: string;
  readonly root: string;
  /** At most 1,295: a longer chain stays there. */
  readonly depth: number;
}

export interface Share extends ShareToken {
  /** The id of the share that brought the visitor who shares. */
  readonly parent: string | undefined;
}

const MAX_DEPTH = 36 ** 2 - 1;
// 30 characters, of which each may stand in a WeChat QR code's `scene`, and none changes when that is encoded.
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html
const PATTERN = /^mt\.((\w{10})(\w{10})(\w\w))(\w{5})$/;

/**
 * The end of an id is made from its random start and the visitor, so that a visitor knows its own shares again. The
 * visitor comes last: the sum of what comes first could be found out, and would join the shares of one visitor.
 */
export const createShare = (visitor: string, parent?: ShareToken): Share => {
  const start = digits(Number.parseInt(randomHex(8), 16), 6);
  const id = start + checksum(start + visitor, 4);
  return {
    id,
    root: parent ? parent.root : id,
    depth: parent ? Math.min(parent.depth + 1, MAX_DEPTH) : 1,
    parent: parent && parent.id,
  };
};

export const isOwnShare = (id: string, visitor: string): boolean => checksum(id.slice(0, 6) + visitor, 4) === id.slice(6);

export const formatToken = ({ id, root, depth }: ShareToken): string => {
  const body = id + root + digits(depth, 2);
  return `mt.${body}${checksum(body, 5)}`;
};

/** `undefined` for what is no token, damaged or made up. */
export const parseToken = (value: unknown): ShareToken | undefined => {
  const [, body = '', id = '', root = '', digitsOfDepth = '', sum] = (typeof value === 'string' && PATTERN.exec(value)) || [];
  const depth = Number.parseInt(digitsOfDepth, 36);
  // The first of a chain is its own root, and no other is.
  return depth > 0 && sum === checksum(body, 5) && (depth === 1) === (id === root) ? { id, root, depth } : undefined;
};
