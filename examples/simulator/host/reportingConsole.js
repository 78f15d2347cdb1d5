const printable = (value) => {
  if (typeof value === 'string') return value;
  if (value?.stack) return String(value.stack);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value); // a circle: there is nothing better to show
  }
};

/** The app's console: reports each call, then hands it to the console behind it. */
export const reportingConsole = (base, emit) => {
  const wrapped = Object.create(base);
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
    wrapped[level] = (...args) => {
      emit('console', { level, args: args.map(printable) });
      base[level]?.(...args);
    };
  }
  return wrapped;
};
