/** Packs the bodies of requests. */
export interface Compress {
  /** `Content-Encoding`. */
  readonly encoding: string;
  /** `undefined` where packing does not pay; the body then goes as it is. */
  pack(body: string): ArrayBuffer | undefined;
}
