export const suffix = ' 元';
export const twice = (value) => value * 2;
