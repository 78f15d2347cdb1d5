/** @param {'query_timeout' | 'query_aborted' | 'query_refused'} code @param {string} message */
export const queryError = (code, message) => Object.assign(new Error(message), { code });
