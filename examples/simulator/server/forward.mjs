const RETRY_MS = 1000;
/** Some minutes of a busy demo; what the other side missed for longer is in the file of events all the same. */
const MAX_WAITING = 1000;

/**
 * Passes bodies on to another collector, one after the other and each until it is answered. A repeat does no harm there.
 *
 * @param {string} url
 * @param {(body: string, answer: string) => void} [onAnswer] What was taken, and what was answered to it.
 */
export const createForward = (url, onAnswer = () => {}) => {
  /** @type {string[]} */
  const waiting = [];
  let isSending = false;
  let isClosed = false;

  const isAnswered = async (/** @type {string} */ body) => {
    try {
      const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const { status } = answer;
      if (status === 200) onAnswer(body, await answer.text());
      return status < 500 && status !== 429;
    } catch {
      return false; // Not up yet, or gone: it is tried again.
    }
  };

  const drain = async () => {
    isSending = true;
    while (waiting.length > 0 && !isClosed) {
      if (await isAnswered(waiting[0] ?? '')) waiting.shift();
      else await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
    }
    isSending = false;
  };

  return {
    send(/** @type {string} */ body) {
      if (waiting.length >= MAX_WAITING) waiting.shift();
      waiting.push(body);
      if (!isSending) drain();
    },
    close() {
      isClosed = true;
    },
  };
};
