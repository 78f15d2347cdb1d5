export const checkBatch: (body: unknown) => void;
export const takeInvalid: () => unknown[];
