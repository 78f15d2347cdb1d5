import type { Format } from '../types/format';

/** The part of an answer that is for the plugins; nothing where there is none. */
export const partOf = (body: string): unknown => {
  if (!body.includes('"minitrail"')) return undefined;
  try {
    return JSON.parse(body).minitrail;
  } catch {
    // An answer that only looks like ours says nothing.
    return undefined;
  }
};

/** The format, with `told` of the member `minitrail` of each answer that has one. */
export const reading = (format: Format, told: (part: unknown) => void): Format =>
  Object.assign({}, format, {
    interpret(response, ids) {
      const part = partOf(response.body);
      if (part !== undefined) told(part);
      return format.interpret && format.interpret(response, ids);
    },
  } satisfies Partial<Format>);
