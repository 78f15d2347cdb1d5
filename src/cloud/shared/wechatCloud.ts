/** The part of `wx.cloud` that is used; a type test holds it against the official typings. */
export interface WechatContainerApi {
  callContainer(options: {
    config: { env: string };
    path: string;
    method: string;
    header: Record<string, string>;
    data: string;
    dataType: string;
    timeout: number;
    success(answer: { readonly statusCode: number; readonly header: object; readonly data: unknown }): void;
    fail(failure: { readonly errMsg: string }): void;
  }): unknown;
}

/** The part of `wx.cloud` that is used; a type test holds it against the official typings. */
export interface WechatFunctionApi {
  callFunction(options: {
    config: { env?: string };
    name: string;
    data: object;
    success(answer: { readonly result: unknown }): void;
    fail(failure: { readonly errMsg: string }): void;
  }): unknown;
}
