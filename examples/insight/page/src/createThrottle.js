/** Runs at once, and again after a pause where it was asked for meanwhile: never twice at the same time. */
export const createThrottle = (run, pauseMs) => {
  let isBusy = false;
  let isWanted = false;
  let isStopped = false;
  let timer;
  const go = async () => {
    isBusy = true;
    isWanted = false;
    await run();
    if (isStopped) return;
    timer = setTimeout(() => {
      isBusy = false;
      if (isWanted) go();
    }, pauseMs);
  };
  return {
    ask() {
      if (isBusy) isWanted = true;
      else go();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
};
