import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { jsonOf, snapshot, wellFormed } from '../../src/capture/snapshot';

/** The value as it leaves, and what is said of it. */
const taken = (value: unknown) => {
  const faults: string[] = [];
  const { value: left } = JSON.parse(snapshot({ before: { a: 1 }, value }, (what) => faults.push(what)));
  return { left, faults };
};

class Money {
  readonly #cents = 5;
  readonly currency = 'CNY';
  get cents(): number {
    return this.#cents;
  }
}
const itself = {
  v: 1,
  toJSON() {
    return this;
  },
};
// Not among the declarations of the library, which runs where they are missing.
const { BigInt: bigInt, AggregateError: Aggregate } = globalThis as unknown as {
  BigInt(value: number): unknown;
  AggregateError: new (errors: readonly Error[], message: string) => Error;
};

describe('snapshot', () => {
  it.each([
    ['a number object', new Number(5)],
    ['a text object', new String('ab')],
    ['a boolean object', new Boolean(false)],
    ['a toJSON that returns this', itself],
    ['a toJSON that returns something else', { secret: 1, toJSON: () => ({ id: 7 }) }],
    ['a toJSON that returns nothing', { toJSON: () => undefined }],
    ['a toJSON that is no function', { toJSON: 1, b: 2 }],
    ['a list of nothing', Array(2)],
    ['a list with members', Object.assign([1], { x: 1 })],
    ['a date', new Date(0)],
    ['a date that is none', new Date(Number.NaN)],
    ['an instance of a class', new Money()],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['-0', -0],
    ['names that every object has', JSON.parse('{"__proto__":{"x":1},"constructor":1}')],
    ['a key that is a symbol', { [Symbol('s')]: 1, a: 2 }],
    ['a proxy', new Proxy({ a: [1] }, {})],
    ['a frozen object', Object.freeze({ a: Object.freeze([1]) })],
    ['undefined', undefined],
  ])('has %s as JSON.stringify has it, without a word', (_, value) => {
    const { left, faults } = taken(value);
    const text = JSON.stringify(value);
    expect(left).toEqual(text === undefined ? undefined : JSON.parse(text));
    // `toJSON` is a member like others where it returns its object.
    expect(faults.filter((what) => what !== 'function')).toEqual([]);
  });

  it.each([
    ['an error', new RangeError('far'), { name: 'RangeError', message: 'far' }],
    [
      'an error with a cause',
      Object.assign(new Error('outer'), { cause: new Error('inner') }),
      { name: 'Error', message: 'outer' },
    ],
    ['several errors', new Aggregate([new Error('a')], 'many'), { name: 'AggregateError', message: 'many' }],
    [
      'a Map',
      new Map<unknown, unknown>([
        ['a', new Map([[1, new Set([2])]])],
        [{ k: 1 }, 3],
      ]),
      [
        ['a', [[1, [2]]]],
        [{ k: 1 }, 3],
      ],
    ],
    ['a Set', new Set([1, 'b']), [1, 'b']],
  ])('has %s by its content, without a word', (_, value, content) => {
    expect(taken(value)).toEqual({ left: content, faults: [] });
  });

  it.each([
    ['a RegExp', /x/, undefined, 'RegExp'],
    ['a promise', Promise.resolve(), undefined, 'Promise'],
    ['a WeakMap', new WeakMap(), undefined, 'WeakMap'],
    ['bytes', new Uint8Array(9), undefined, 'Uint8Array'],
    ['a buffer', new ArrayBuffer(9), undefined, 'ArrayBuffer'],
    [
      'an object of a kind that begins as a number',
      Object.create({ [Symbol.toStringTag]: 'NumberFormat' }),
      undefined,
      'NumberFormat',
    ],
    ['an object of a kind that ends as one', Object.create({ [Symbol.toStringTag]: 'BigNumber' }), undefined, 'BigNumber'],
    ['a function', () => 1, undefined, 'function'],
    ['a symbol', Symbol('s'), undefined, 'symbol'],
    ['a big integer', bigInt(9), '9', 'bigint'],
    ['NaN', Number.NaN, null, 'number'],
    ['an infinity', Number.NEGATIVE_INFINITY, null, 'number'],
    ['what is not there in a list', [undefined, () => 1], [null, null], 'function'],
    ['a long text', 'x'.repeat(8193), 'x'.repeat(8192), 'string'],
  ])('says what it does to %s', (_, value, left, fault) => {
    expect(taken(value)).toEqual({ left, faults: [fault] });
  });

  it.each([
    [
      'a toJSON',
      {
        toJSON() {
          throw new Error('own');
        },
      },
    ],
    [
      'a proxy',
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('own');
          },
        },
      ),
    ],
  ])('goes without a member of which %s throws, and names it', (_, value) => {
    expect(taken(value)).toEqual({ left: undefined, faults: ['value'] });
  });

  it('goes without what a getter throws for, at any depth, and names it', () => {
    const item = {
      id: 1,
      get price() {
        throw new Error('own');
      },
    };
    expect(taken([item, { item }])).toEqual({ left: [{ id: 1 }, { item: { id: 1 } }], faults: ['price', 'price'] });
  });

  it('ends where an object is connected to itself, by whatever is between', () => {
    const own: Record<string, unknown> = { name: 'own' };
    own.list = [own];
    own.map = new Map([['own', own]]);
    own.set = new Set([own]);
    const { left, faults } = taken(own);
    expect(left).toEqual({ name: 'own', list: [null], map: [['own', null]], set: [null] });
    expect(new Set(faults)).toEqual(new Set(['connected or deep object']));
    const round = new Set<unknown>();
    round.add(round);
    expect(taken(round).faults).toEqual(['connected or deep object']);
  });

  it('has an object in two places twice', () => {
    const buyer = { id: 1 };
    expect(taken([buyer, { buyer }])).toEqual({ left: [{ id: 1 }, { buyer: { id: 1 } }], faults: [] });
  });

  it('takes nine levels', () => {
    let deep: object = { last: 1 };
    for (let level = 8; level > 0; level--) deep = { deep };
    expect(JSON.stringify(taken(deep).left)).toContain('last');
    expect(taken({ deep }).faults).toEqual(['connected or deep object']);
  });

  // 26 objects that know each other, and 6 ways at each of 9 steps.
  const reads = { count: 0 };
  const counted = <T extends object>(of: T): T =>
    Object.defineProperty(of, 'read', { get: () => ++reads.count, enumerable: true });
  const friends = Array.from({ length: 26 }, () => counted({}));
  for (const each of friends) Object.assign(each, friends);
  let ways: object = counted({});
  for (let step = 0; step < 9; step++) ways = counted({ a: ways, b: ways, c: ways, d: ways, e: ways, f: ways });
  it.each([
    ['objects that know each other', friends[0]],
    ['many ways to one object', ways],
  ])('reads no more of %s than one event may bring', (_, value) => {
    reads.count = 0;
    const { faults } = taken(value);
    expect(new Set(faults).has('too much for one event')).toBe(true);
    expect(reads.count).toBeLessThan(3000);
  });

  it('ends the message of an error as any other text', () => {
    const { left, faults } = taken({ own: new Error('x'.repeat(9000)) });
    expect([left.own.name, left.own.message.length, faults]).toEqual(['Error', 8192, ['string']]);
  });

  it('takes 65,536 characters in all', () => {
    const texts = (count: number) => taken(Array(count).fill('x'.repeat(8192)));
    expect(texts(8).faults).toEqual([]);
    expect(texts(9).faults).toEqual(['too much for one event']);
  });

  it.each([
    ['a text', 'x', { value: 'x' }],
    ['a number', 5, { value: 5 }],
    ['nothing', null, { value: null }],
    ['a list', [1, 2], { value: [1, 2] }],
    ['a date', new Date(0), { value: '1970-01-01T00:00:00.000Z' }],
    ['a Map', new Map([['a', 1]]), { value: [['a', 1]] }],
    ['a function', () => 1, {}],
    ['an error', new RangeError('far'), { name: 'RangeError', message: 'far' }],
    ['an object whose JSON is another', { a: 1, toJSON: () => ({ b: 2 }) }, { b: 2 }],
    ['an object whose JSON is a text', { a: 1, toJSON: () => 'x' }, { value: 'x' }],
    ['one of a class whose JSON is another', Object.assign(Object.create({ toJSON: () => ({ b: 2 }) }), { a: 1 }), { b: 2 }],
    ['an object of a class', Object.assign(Object.create({ inherited: 1 }), { a: 1 }), { a: 1 }],
    ['members that are not there', { level: undefined, a: 1 }, { a: 1 }],
    ['members that have another', { level: 'gold', a: { b: [1] } }, { level: 'gold', a: { b: [1] } }],
  ])('puts %s over what is below', (_, given, expected) => {
    const text = snapshot(given, () => undefined, { level: 'none', shop: { id: 7 } });
    expect(JSON.parse(text)).toEqual({ level: 'none', shop: { id: 7 }, ...expected });
  });

  const named = (count: number, value: unknown = 1) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, value]));
  it.each([
    ['members', (count: number) => named(count)],
    ['members of a member', (count: number) => ({ member: named(count - 1) })],
    ['places of a list', (count: number) => ({ list: Array(count - 1).fill(1) })],
    ['places of a Set', (count: number) => ({ set: new Set(Array(count - 1).keys()) })],
  ])('takes 2,000 values, as %s, and says that there are more', (_, make) => {
    const faultsOf = (value: object) => {
      const faults = new Set<string>();
      snapshot(value, (what) => faults.add(what));
      return [...faults];
    };
    expect([faultsOf(make(2000)), faultsOf(make(2001))]).toEqual([[], ['too much for one event']]);
  });

  it('reads no member beyond those', () => {
    let read = 0;
    const wide = {};
    for (let i = 0; i < 5000; i++) Object.defineProperty(wide, `k${i}`, { get: () => ++read, enumerable: true });
    snapshot({ wide }, () => undefined);
    expect(read).toBeLessThanOrEqual(2001);
  });

  it('takes ten levels of what is below and of a value on its own', () => {
    const levels = (count: number): object => (count > 1 ? { deep: levels(count - 1) } : { last: 1 });
    for (const copied of [
      (count: number) => snapshot({}, () => undefined, levels(count)),
      (count: number) => jsonOf(levels(count), () => undefined),
    ])
      expect([10, 11].map((count) => `${copied(count)}`.includes('last'))).toEqual([true, false]);
  });

  it('answers an object that can be parsed, whatever it is given, and never throws', () => {
    const leaf = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withNullPrototype: true,
        withBoxedValues: true,
        withObjectString: true,
      }),
    );
    fc.assert(
      fc.property(leaf, (value) => {
        const text = wellFormed(snapshot(value, () => undefined));
        expect(JSON.parse(text)).toBeTypeOf('object');
        expect(text).not.toMatch(/\\ud[89a-f]/);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what is below where a value is undefined, also beside what is not the engine's to copy", () => {
    const below = { a: 1, b: 2 };
    expect(snapshot({ a: undefined, c: 3 }, () => {}, below)).toBe('{"a":1,"b":2,"c":3}');
    expect(snapshot({ a: undefined, c: { d: { e: 3 } } }, () => {}, below)).toBe('{"a":1,"b":2,"c":{"d":{"e":3}}}');
  });

  it('asks the prototype, too, whether an object has a form of its own', () => {
    class Point {
      x = 1;
      toJSON() {
        return { y: 2 };
      }
    }
    expect(snapshot(new Point(), () => {})).toBe('{"y":2}');
  });

  // What a value is, our own copy asks for each object; the engine's, once for the whole event, is the fast one.
  it.each<[string, object, boolean]>([
    ['plain values', { a: 1, b: 'x', c: true, d: null, e: undefined }, true],
    ['objects of plain values', { query: { id: '7' }, dataset: { on: false } }, true],
    ['64 members', Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`m${i}`, i])), true],
    ['65 members', Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`m${i}`, i])), false],
    ['65 members of an object', { a: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`m${i}`, i])) }, false],
    ['objects in objects', { a: { b: { c: 1 } } }, false],
    ['lists', { a: [1] }, false],
    ['a form of its own', { a: 1, toJSON: () => ({ b: 2 }) }, false],
  ])('leaves %s to the engine: %#', (_, given, isFast) => {
    const asked = vi.spyOn(Object.prototype, 'toString');
    const text = snapshot(given, () => {});
    const count = asked.mock.calls.length;
    asked.mockRestore();
    expect(count === 1).toBe(isFast);
    expect(text).toBe(JSON.stringify(given));
  });

  it.each([64, 3000])('reads no member of %i twice', (count) => {
    const read = new Map<string, number>();
    const given = {};
    for (let i = 0; i < count; i++)
      Object.defineProperty(given, `m${i}`, {
        enumerable: true,
        get: () => read.set(`m${i}`, (read.get(`m${i}`) ?? 0) + 1) && 1,
      });
    snapshot(given, () => {});
    expect(Math.max(...read.values())).toBe(1);
    expect(read.size).toBeGreaterThanOrEqual(Math.min(count, 2000));
  });

  it('is as JSON.stringify for all that JSON can carry', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (value) => {
        const faults: string[] = [];
        expect(JSON.parse(snapshot(value, (what) => faults.push(what)))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(faults).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('jsonOf', () => {
  it.each([
    [[1, { a: new Set([2]) }], '[1,{"a":[2]}]'],
    ['text', '"text"'],
    [undefined, undefined],
    [() => 1, undefined],
  ])('of %j is %s', (value, text) => {
    expect(jsonOf(value, () => undefined)).toBe(text);
  });
});

describe('wellFormed', () => {
  it.each([
    ['half a pair', '\ud800', '\ufffd'],
    ['the other half', 'a\udc00b', 'a\ufffdb'],
    ['the character 0', 'a\0b', 'a\ufffdb'],
    ['a whole pair', '😀', '😀'],
    ['a backslash before what looks like one', '\\ud800', '\\ud800'],
    ['two of them', '\\\\u0000', '\\\\u0000'],
    ['text', 'ud800 u0000', 'ud800 u0000'],
  ])('makes of %s in JSON what strict readers take', (_, value, expected) => {
    expect(JSON.parse(wellFormed(JSON.stringify({ [value]: value })))).toEqual({ [expected]: expected });
  });
});
