import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const MAX_QR_SCENE = 32;

/** A short code that is read aloud without doubt: no 0, o, 1, l. */
export const newCode = (length = 8) => `c_${Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;

/**
 * What a merchant puts under an advertisement, on a poster or into a message, for one campaign. All of them carry the
 * code, by which the report of links knows them: the path and the web link in `utm_content`, the QR code as its `scene`.
 */
export const linkTargets = ({ code, page, campaign, source, medium, web_url }) => {
  const query = new URLSearchParams({
    utm_source: source,
    ...(medium ? { utm_medium: medium } : {}),
    utm_campaign: campaign,
    utm_content: code,
  });
  if (code.length > MAX_QR_SCENE) throw new RangeError(`a QR scene has at most ${MAX_QR_SCENE} characters`);
  const [path, own] = page.split('?', 2);
  const targets = { path: `${path}?${own ? `${own}&` : ''}${query}`, qr: { page: path, scene: code } };
  if (!web_url) return targets;
  const url = new URL(web_url);
  for (const [key, value] of query) url.searchParams.set(key, value);
  return { ...targets, web_url: url.href };
};
