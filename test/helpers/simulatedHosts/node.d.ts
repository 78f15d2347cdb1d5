// The little of Node that these helpers need; its own types would let DOM-like globals into the tests.
declare module 'node:vm' {
  export const createContext: (sandbox: object, options: object) => object;
  export const runInContext: (code: string, context: object, options?: { filename: string }) => unknown;
}

declare module 'node:fs' {
  export const readFileSync: (path: string, encoding: string) => string;
}

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
