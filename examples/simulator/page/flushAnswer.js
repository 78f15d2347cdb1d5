import { byTestId } from './element.js';

/**
 * What came of "Send now", in words.
 *
 * @param result what `tracker.flush()` resolved to, or the account while it has not
 * @param stats the tracker's account after it
 */
const sentence = (result, stats, now) => {
  const { state, sent, waiting } = result;
  const isDone = waiting === 0 && ['idle', 'sending'].includes(state);
  const seconds = Math.max(0, Math.ceil(((stats?.notBefore ?? 0) - now) / 1000));
  return [`flush.${isDone ? 'idle' : state}`, { sent, waiting, seconds }];
};

/** The line below the account that answers "Send now". */
export const createFlushAnswer = ({ text }) => {
  const line = byTestId('flush-answer');
  let last = null;

  const render = () => {
    line.textContent = last ? text(...last) : '';
  };

  return {
    show(result, stats) {
      last = result ? sentence(result, stats, Date.now()) : null;
      render();
    },
    /** The answer of a process that is gone, or of a state that has passed, would mislead. */
    clear() {
      last = null;
      render();
    },
    /**
     * Takes the answer away once it no longer holds. A try in between changes nothing of why it was not sent.
     *
     * @param stats the account of now
     */
    follow({ state, waiting }) {
      if (!last) return;
      const [said] = last;
      const holds = said === 'flush.idle' ? waiting === 0 : said === `flush.${state}` || state === 'sending';
      if (holds) return;
      last = null;
      render();
    },
    refresh: render,
  };
};
