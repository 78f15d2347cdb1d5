// Compiled with the source, under its own options: if one of these names were known there, a stray use of it would
// compile and fail on a phone.

// @ts-expect-error No host has it.
void fetch;
// @ts-expect-error No host has it.
void URL;
// @ts-expect-error No host has it.
void URLSearchParams;
// @ts-expect-error No host has it.
void TextEncoder;
// @ts-expect-error No host has it.
void window;
// @ts-expect-error No host has it.
void document;
// @ts-expect-error No host has it.
void navigator;
// @ts-expect-error No host has it.
void localStorage;
// @ts-expect-error No host has it.
void XMLHttpRequest;
// @ts-expect-error Node only.
void process;
// @ts-expect-error Node only.
void Buffer;
// @ts-expect-error Node only.
void require;
// @ts-expect-error Forbidden on Alipay and Douyin.
void global;
// @ts-expect-error Only adapters name it.
void wx;
// @ts-expect-error Only adapters name it.
void my;
// @ts-expect-error Only adapters name it.
void tt;
// @ts-expect-error A host lacks it that ships ES2017.
void BigInt;
// @ts-expect-error The console of a host is not that of a browser; two functions are on all of them.
console.table([]);

// What is there.
setTimeout(() => {}, 0) satisfies number;
console.warn('x');
App satisfies unknown;
