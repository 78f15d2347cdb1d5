import type { Told } from './cloudEndpoint';

/**
 * Reads what a cloud function returned: `{ statusCode, headers, body }`, as it would for an HTTP trigger, is an answer;
 * anything else means that it took the batch.
 */
export const functionAnswer = (result: unknown, told: Told): void => {
  const { statusCode = 200, headers, body = result } = Object(result);
  told(statusCode, { headers, body });
};
