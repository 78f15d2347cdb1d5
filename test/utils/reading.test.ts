import { describe, expect, it, vi } from 'vitest';
import { json } from '../../src/formats/json';
import { partOf, reading } from '../../src/utils/reading';

const answer = (body: string) => ({ status: 200, headers: {}, body });

describe('reading', () => {
  it('tells of the part of an answer, and leaves the verdict to the format', () => {
    const told = vi.fn();
    const interpret = vi.fn(() => ({ type: 'ack', rejected: ['e1'] }) as const);
    const format = reading({ ...json(), interpret }, told);
    const response = answer('{"minitrail":{"enabled":false}}');
    expect(format.interpret?.(response, ['e1', 'e2'])).toEqual({ type: 'ack', rejected: ['e1'] });
    expect(interpret).toHaveBeenCalledExactlyOnceWith(response, ['e1', 'e2']);
    expect(told).toHaveBeenCalledExactlyOnceWith({ enabled: false });
  });

  it('says nothing itself where the format leaves it to the status', () => {
    const told = vi.fn();
    expect(reading(json(), told).interpret?.(answer('ok'), ['e1'])).toBeUndefined();
    expect(told).not.toHaveBeenCalled();
  });
});

describe('partOf', () => {
  it.each([
    ['{"minitrail":null}', null],
    ['{"minitrail":{}}', {}],
    ['{"a":1}', undefined],
    ['', undefined],
    ['null', undefined],
    ['"minitrail"', undefined],
    ['not "minitrail"', undefined],
  ])('of %s is %j', (body, part) => {
    expect(partOf(body)).toEqual(part);
  });
});
