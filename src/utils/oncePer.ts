/** Says yes once for each key while `scope` stays the same, and at most `max` times. */
export const oncePer = (scope: () => string, max: number): ((key: string) => boolean) => {
  let told = new Set<string>();
  let during: string | undefined;
  return (key) => {
    const now = scope();
    if (now !== during) told = new Set();
    during = now;
    return told.size < max && !told.has(key) && !!told.add(key);
  };
};
