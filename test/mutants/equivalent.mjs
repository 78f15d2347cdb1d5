/** Changes that were looked at and change nothing: what stood there, what stands there instead, and why that is the same. */
export const EQUIVALENT = [];
