/**
 * Changes that change no answer, with the reason: `analysis` (every one if left out), a part of the change's text, why.
 *
 * @type {{ analysis?: string[], change: string, why: string }[]}
 */
export const EQUIVALENT = [];
