/** What `run` gives; nothing where it throws. The caller says whose failure that is, and why going on is right. */
export const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};
