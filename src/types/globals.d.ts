// What every mini-program host offers besides its API object. `lib` holds ECMAScript only, so that a stray
// `fetch` or `window` does not compile.
declare function setTimeout(callback: () => void, delayMs: number): number;
declare function clearTimeout(timer: number | undefined): void;
declare const console: {
  log(...values: readonly unknown[]): void;
  warn(...values: readonly unknown[]): void;
};

// The hosts' constructors are writable bindings shared by all modules; assigning them by their free name is how
// every shipped SDK instruments a mini-program (there is no global object to reach them through on Alipay and Douyin).
declare let App: HostConstructor | undefined;
declare let Page: HostConstructor | undefined;
declare let Component: HostConstructor | undefined;
declare let Behavior: HostConstructor | undefined;
declare const getCurrentPages: (() => readonly (HostInstance | null)[]) | undefined;

type HostConstructor = (this: unknown, ...args: readonly unknown[]) => unknown;

interface HostInstance {
  readonly route?: string;
  readonly __route__?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly is?: string;
}
