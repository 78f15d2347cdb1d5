import type { Format } from '../types/format';

/**
 * For `json({ answers: jsonAnswers })`: reads from the body of a 2xx which events the endpoint took and which it refused,
 * `{ "accepted": [ids], "rejected": [ids] }`. Events in neither list are sent again; without `accepted`, none is.
 */
export const jsonAnswers: NonNullable<Format['interpret']> = ({ status, body }, ids) => {
  if (status < 200 || status > 299) return undefined;
  try {
    const { accepted, rejected } = JSON.parse(body);
    // Go writes an empty list as `null`; others answer with counts.
    const bad: readonly string[] = Array.isArray(rejected) ? rejected : [];
    const retry = Array.isArray(accepted) ? ids.filter((id) => !accepted.includes(id) && !bad.includes(id)) : [];
    return { type: 'ack', rejected: bad, retry };
  } catch {
    // Any 2xx acknowledges the batch; the lists are an offer.
    return undefined;
  }
};
