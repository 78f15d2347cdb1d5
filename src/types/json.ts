/** What JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** Values by name, as JSON carries them. */
export interface JsonObject {
  readonly [key: string]: Json;
}
