/** An error of any realm, as text. @returns {{ message: string, text: string }} */
export const describeError = (error) => {
  const message = String(error?.message ?? error);
  const stack = error?.stack ? String(error.stack) : '';
  // WeChat gives App.onError one string: the message, then the stack.
  return { message, text: stack.includes(message) ? stack : [message, stack].filter(Boolean).join('\n') };
};
