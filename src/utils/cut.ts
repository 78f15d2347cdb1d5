/**
 * At most `max` units of a text, and of characters only whole ones: strict parsers (PostgreSQL's `jsonb`, protobuf) refuse
 * a body for one half of a surrogate pair. With `u` the pattern meets no half of a whole pair.
 */
export const cut = (text: string, max: number): string => text.slice(0, max).replace(/[\ud800-\udfff]/gu, '');
