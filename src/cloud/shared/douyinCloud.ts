/** The part of `tt` that is used; a type test holds it against the official typings. */
export interface DouyinCloudApi {
  createCloud(options: { envID: string; serviceID: string }): {
    callContainer(options: {
      path: string;
      init: { method: 'POST'; header: Record<string, string>; body: string; timeout: number };
      success(answer: { readonly statusCode: number; readonly header: object; readonly data: string }): void;
      fail(failure: { readonly errMsg: string; readonly errNo?: number }): void;
    }): unknown;
  };
}
