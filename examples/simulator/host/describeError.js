/** An error of any realm. @returns {{ message: string, stack: string, text: string }} `text`: the message, then the stack */
export const describeError = (error) => {
  const message = String(error?.message ?? error);
  const stack = error?.stack ? String(error.stack) : '';
  return { message, stack, text: stack.includes(message) ? stack : [message, stack].filter(Boolean).join('\n') };
};
