import { parse } from 'acorn';

const parseAs = (ecmaVersion, source, sourceType) => void parse(source, { ecmaVersion, sourceType });

/** Throws where the source is more than the given year's ECMAScript. */
export const expectEs5 = (source) => parseAs(5, source, 'script');
export const expectEs2017 = (source, sourceType = 'script') => parseAs(2017, source, sourceType);
