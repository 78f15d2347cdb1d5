import { patch, put } from '../instrument/patch';
import type { Log } from '../utils/log';
import { tagPath } from './tagPath';

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  !!value && typeof (value as PromiseLike<unknown>).then === 'function';

/** How the cards of one call are marked. */
export interface Marking {
  readonly log: Log;
  /** Said where the card names a query, and no path. */
  readonly isQuery: string | undefined;
  /** Gives the token, or nothing where the card is to stay as it is; asked once there is a card to mark. */
  token(): string | false;
}

/**
 * A card with the token on its path or query, in whatever form the page returns it. `text` is the path or query where the
 * card names none; nothing stays nothing if `asIs`.
 */
export const markCard = (marking: Marking, card: unknown, text: string, asIs?: boolean): unknown => {
  const { isQuery } = marking;
  const markLater = (promise: PromiseLike<unknown>, wanted: string, isAsIs?: boolean): PromiseLike<unknown> =>
    promise.then((late) => marking.log.guard('share', () => markCard(marking, late, wanted, isAsIs)) || late);
  if (isThenable(card)) return markLater(card, text, asIs);
  const fields = card || asIs ? card : {};
  const token = Object(fields) === fields && marking.token();
  if (!token) return card;
  const key = isQuery ? 'query' : 'path';
  const { [key]: own, promise } = fields as Readonly<Record<string, unknown>>;
  const wanted = typeof own === 'string' && (own || isQuery) ? own : text;
  return patch(fields as object, (copy) => {
    // A query is tagged like the end of a path.
    put(copy, key, isQuery ? tagPath(`?${wanted}`, token).slice(1) : tagPath(wanted, token));
    // What resolves stands alone or over the fields beside it, as the host likes: mark both.
    if (isThenable(promise)) put(copy, 'promise', markLater(promise, wanted, true));
  });
};
