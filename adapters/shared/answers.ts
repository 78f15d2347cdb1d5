import type { HttpResponse } from '../../src/types/adapter';

interface Answer {
  readonly statusCode: number;
  readonly header: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

type Done = (response: HttpResponse) => void;

// How WeChat and Douyin tell the end of a request. Lookalikes of the API call with nothing at all.

export const answered =
  (done: Done) =>
  (answer: Answer): void => {
    const { statusCode = 0, header, data } = answer || ({} as Partial<Answer>);
    done({ status: statusCode, headers: header || {}, body: `${data}` });
  };

/** `cut`: the host's words for a request that it ended as the app went to the background. */
export const failed =
  (done: Done, cut: RegExp) =>
  (failure: { readonly errMsg: string }): void => {
    const message = failure ? failure.errMsg : undefined;
    done({ status: 0, headers: {}, body: '', message, interrupted: cut.test(`${message}`) });
  };
