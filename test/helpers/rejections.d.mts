export const rejectionsOf: (run: () => Promise<void>) => Promise<string[]>;
