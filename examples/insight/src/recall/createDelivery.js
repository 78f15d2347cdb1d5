import { hourIn } from '../analyses/days.js';
import { analysisOf } from '../analyses/index.js';
import { runAnalysis } from '../analyses/run.js';
import { createTicker } from '../createTicker.js';
import { callWebhook } from '../webhook/callWebhook.js';
import { isHeldOut, lineOfMessage, messageIdOf, readAssigned, readMessages } from './messages.js';

const HOUR_MS = 3_600_000;
const TICK_MS = 60_000;
/** Six tries within about half an hour: later it would not be the hour any more that was chosen for the person. */
const MAX_ATTEMPTS = 6;
const FIRST_WAIT_MS = 60_000;
/** All of a campaign. */
const MAX_DEAD = 1_000_000;

/**
 * Calls the webhook of each campaign for the people of its recall list, each once, in their best hour.
 *
 * All that is known of a message is in the journal, so a start goes on where a kill stopped. A kill between the answer and
 * its line repeats the call with the same `Idempotency-Key`.
 *
 * @param {object} parts
 * @param {any} parts.store
 * @param {Pick<import('../journal/createJournal.js').Journal, 'append'>} parts.journal
 * @param {Pick<import('../loader/createLoading.js').Loading, 'settle'>} parts.loading
 * @param {Pick<ReturnType<typeof import('../erase/createErasing.js').createErasing>, 'apart'>} parts.erasing
 * @param {any} parts.settings
 * @param {string} parts.timeZone
 * @param {() => any} parts.env As analyses take it.
 * @param {() => number} parts.now
 */
export const createDelivery = ({ store, journal, loading, erasing, settings, timeZone, env, now }) => {
  /** @type {Map<string, string>} the hour of which the list of a campaign was read */
  const listed = new Map();
  /** @type {Map<string, number>} until when a webhook takes nothing */
  const busyUntil = new Map();
  /** @type {Map<string, import('../webhook/callWebhook.js').Answer>} to messages, which a full disk kept out of the journal */
  const answers = new Map();

  const write = (/** @type {any} */ message) => journal.append(lineOfMessage(message, now()));

  /** Writes down who of the list is written to in this hour, and who is held out. */
  const assign = async (/** @type {any} */ { id, params, held_out }, /** @type {number} */ hour) => {
    const { rows } = await runAnalysis(store, analysisOf('recall'), params, env());
    const assigned = await readAssigned(store, id);
    const due = rows.filter((/** @type {any} */ row) => (row.hour ?? hour) === hour && !assigned.has(row.person));
    for (const { person, template_id, product_id, reason, hour: best } of due) {
      const message = messageIdOf(id, person);
      const { anonymousIds } = await store.loader.person(person);
      await write({
        message,
        campaign: id,
        state: isHeldOut(message, held_out) ? 'held_out' : 'due',
        person,
        anonymous_id: anonymousIds.includes(person) ? person : [...anonymousIds, person].sort()[0],
        step: 0,
        attempts: 0,
        not_before: now(),
        template_id,
        product_id,
        reason,
        hour: best,
        error: '',
      });
    }
  };

  /** After the wait; where that is long, at the next hour that is the person's. */
  const timeAfter = (/** @type {number} */ waitMs, /** @type {number | null} */ hour) => {
    const at = now() + waitMs;
    if (hour === null || waitMs < HOUR_MS) return at;
    let next = at;
    for (let i = 0; i < 24 && hourIn(timeZone, next) !== hour; i++) next = (Math.floor(next / HOUR_MS) + 1) * HOUR_MS;
    return next;
  };

  const after = (/** @type {any} */ message, /** @type {import('../webhook/callWebhook.js').Answer} */ answer) => {
    const attempts = message.attempts + 1;
    const next = { ...message, step: message.step + 1, attempts, error: '' };
    if (answer.outcome === 'sent') return { ...next, state: 'sent' };
    if (answer.outcome === 'dead') return { ...next, state: 'dead', error: answer.error };
    if (attempts >= MAX_ATTEMPTS) return { ...next, state: 'dead', error: `${attempts} tries, the last: ${answer.error}` };
    const waitMs = answer.waitMs ?? FIRST_WAIT_MS * 2 ** (attempts - 1);
    return { ...next, state: 'retry', error: answer.error, not_before: timeAfter(waitMs, message.hour) };
  };

  /** Whether it is still as it was read: its person may have been erased since. Only to be asked apart from erasing. */
  const isThere = async (/** @type {any} */ { campaign, message, step }) => {
    await loading.settle();
    return (await readMessages(store, campaign, { message })).some((found) => found.step === step);
  };

  const call = (/** @type {any} */ campaign, /** @type {any} */ message, /** @type {any} */ ids) => {
    const { message: id, person, template_id, product_id, reason, hour } = message;
    const body = {
      id,
      campaign: { id: campaign.id, name: campaign.name },
      person,
      anonymous_ids: ids.anonymousIds.length ? ids.anonymousIds : [message.anonymous_id],
      user_ids: ids.userIds,
      unionids: ids.unionids,
      template_id,
      product_id: product_id || null,
      reason,
      hour,
      attempt: message.attempts + 1,
    };
    return callWebhook(campaign.webhook, body, { key: id, now: now(), signal: ticker.signal });
  };

  /**
   * The other message of the person in this campaign, if it was sent or held out: two guests may turn out to be one person
   * after both were on the list.
   */
  const otherOf = async (/** @type {any} */ { campaign, message }, /** @type {string[]} */ anonymousIds) =>
    anonymousIds.length < 2
      ? undefined
      : (await readMessages(store, campaign, { anonymousIds })).find(
          (other) =>
            other.message !== message &&
            (['sent', 'held_out'].includes(other.state) || answers.get(other.message)?.outcome === 'sent'),
        );

  const deliver = async (/** @type {any} */ campaign, /** @type {any} */ message) => {
    const ids = await erasing.apart(async () => (await isThere(message)) && store.loader.person(message.anonymous_id));
    if (!ids) return;
    const other = await otherOf(message, ids.anonymousIds);
    if (other) {
      const error = `the person has message ${other.message} of this campaign (${other.state})`;
      return erasing.apart(async () => {
        if (await isThere(message)) await write({ ...message, step: message.step + 1, state: 'dead', error });
      });
    }
    const answer = answers.get(message.message) ?? (await call(campaign, message, ids));
    // What we stopped ourselves is no try.
    if (ticker.signal.aborted && answer.outcome === 'retry') return;
    if (answer.outcome === 'retry' && answer.isBusy) busyUntil.set(campaign.webhook, now() + (answer.waitMs ?? FIRST_WAIT_MS));
    answers.set(message.message, answer);
    await erasing.apart(async () => {
      if (await isThere(message)) await write(after(message, answer));
    });
    answers.delete(message.message);
  };

  const serve = async (/** @type {any} */ campaign) => {
    const hour = hourIn(timeZone, now());
    const hourKey = `${env().today} ${hour}`;
    if (listed.get(campaign.id) !== hourKey) {
      // Apart: whoever is being erased is in the list until they are gone.
      await erasing.apart(async () => {
        await loading.settle();
        await assign(campaign, hour);
      });
      listed.set(campaign.id, hourKey);
    }
    await loading.settle();
    for (const message of await readMessages(store, campaign.id, { states: ['due', 'retry'], until: now() })) {
      // As it is now: it may have been paused, removed or given another webhook since.
      const current = settings.get('recalls').find((/** @type {any} */ { id }) => id === campaign.id);
      if (!current || current.paused || ticker.signal.aborted || (busyUntil.get(current.webhook) ?? 0) > now()) return;
      // Left over from hours ago: it waits for the person's hour.
      const isLate = now() - message.not_before >= HOUR_MS && message.hour !== null && message.hour !== hour;
      if (!isLate) await deliver(current, message);
    }
  };

  const tick = () =>
    ticker.lock(async () => {
      let failure;
      for (const campaign of settings.get('recalls')) {
        if (campaign.paused || ticker.signal.aborted) continue;
        // The list of one campaign that fails holds up no other.
        await serve(campaign).catch((error) => {
          failure = error;
        });
      }
      if (failure) throw failure;
    });
  const ticker = createTicker(TICK_MS, tick);

  return {
    /** Calls for all that is due now. */
    tick,
    start: ticker.start,
    stop: ticker.stop,
    /** Makes dead messages due again, with all their tries. Without ids: all of the campaign. */
    again: (/** @type {string} */ campaign, /** @type {string[] | undefined} */ ids) =>
      erasing.apart(async () => {
        await loading.settle();
        const dead = await readMessages(store, campaign, { states: ['dead'], limit: MAX_DEAD });
        const wanted = ids && new Set(ids);
        const chosen = dead.filter(({ message }) => !wanted || wanted.has(message));
        for (const message of chosen)
          await write({ ...message, state: 'due', step: message.step + 1, attempts: 0, not_before: now(), error: '' });
        await loading.settle();
        return chosen.length;
      }),
  };
};
