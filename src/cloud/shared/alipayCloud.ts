/** What `my.cloud.createCloudContext()` gives; a type test holds it against the official typings. */
export interface AlipayCloud {
  callFunction(options: {
    name: string;
    data: object;
    success(answer: { readonly result: unknown }): void;
    fail(failure: { readonly error?: number; readonly errorMessage?: string }): void;
  }): unknown;
}
