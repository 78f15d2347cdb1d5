/**
 * What is rejected and handled by nobody while `run` runs and until the turn after it, by message. The test runner would
 * take it for a failure of its own.
 */
export const rejectionsOf = async (run) => {
  const messages = [];
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (error) => messages.push(error.message));
  await run();
  await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners('unhandledRejection');
  for (const listener of others) process.on('unhandledRejection', listener);
  return messages;
};
