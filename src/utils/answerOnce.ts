/** How long a host may take for its storage. */
export const ANSWER_MS = 5000;

/**
 * Starts what the host answers by a callback, and answers exactly once: what the host said first, or after `ms` what
 * `late` gives. Hosts drop callbacks, and one public runtime calls them twice. While the app is suspended the timer is as
 * well, and fires on return.
 */
export const answerOnce = <T>(
  ms: number,
  start: (answer: (value: T) => void) => void,
  late: () => T,
  done: (value: T) => void,
): void => {
  let timer = setTimeout(() => answer(late()), ms);
  const answer = (value: T): void => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    done(value);
  };
  start(answer);
};
