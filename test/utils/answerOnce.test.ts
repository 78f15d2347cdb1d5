import { beforeEach, expect, it, vi } from 'vitest';
import { answerOnce } from '../../src/utils/answerOnce';

beforeEach(() => void vi.useFakeTimers());

const start = () => {
  const done = vi.fn();
  let answer: (value: string) => void = () => {};
  answerOnce(
    1000,
    (given) => {
      answer = given;
    },
    () => 'late',
    done,
  );
  return { done, answer: (value: string) => answer(value) };
};

it('answerOnce takes what the host says first, and nothing after it', () => {
  const { done, answer } = start();
  answer('first');
  answer('second');
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(2000);
  expect(done.mock.calls).toEqual([['first']]);
});

it('answerOnce answers by itself where the host says nothing, and then takes no more', () => {
  const { done, answer } = start();
  vi.advanceTimersByTime(999);
  expect(done).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(done.mock.calls).toEqual([['late']]);
  answer('after');
  expect(done.mock.calls).toEqual([['late']]);
});
