import { ask } from './ask.js';

let asked;
/** The saved segments, which a report may be of. Asked for once; none where the collector refuses. */
export const savedSegments = () => {
  asked ??= ask('/api/segments').catch(() => {
    forgetSegments();
    return [];
  });
  return asked;
};

/** After a change of them. */
export const forgetSegments = () => {
  asked = undefined;
};
