import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

/** The code of an example of the document, which must be alike in both languages but for comments. */
const exampleOf = (name) => {
  const [code, translated] = ['docs/privacy.md', 'docs/privacy.zh-CN.md'].map((file) => {
    const [, text] = new RegExp(`<!-- test: ${name} -->\n\`\`\`js\n([\\s\\S]*?)\n\`\`\``).exec(readFileSync(file, 'utf8'));
    return text.replace(/ *\/\/ .*/g, '').replace(/^import .*/gm, '');
  });
  expect(translated).toBe(code);
  return code;
};

beforeEach(() => {
  vi.useFakeTimers();
  spyOnWarnings();
});

describe('the example of docs/privacy.md that asks for consent', () => {
  const code = exampleOf('consent');
  const open = ({ needAuthorization, stored = {}, values } = {}) => {
    const { tracker, device } = startTracker([], { options: { consent: 'pending' }, ...(values && { values }) });
    const wx = {
      getStorageSync: (key) => stored[key] ?? '',
      setStorageSync: (key, value) => {
        stored[key] = value;
      },
      openPrivacyContract: vi.fn(),
    };
    if (needAuthorization !== undefined) wx.getPrivacySetting = ({ success }) => success({ needAuthorization });
    let page;
    const Page = (options) => {
      page = { ...options, data: { ...options.data }, setData: (data) => void Object.assign(page.data, data) };
    };
    new Function('wx', 'Page', 'tracker', code)(wx, Page, tracker);
    tracker.track('before');
    page.onLoad();
    return { page, tracker, device, stored, wx };
  };

  it.each([undefined, true, false])(
    'asks at first, whatever WeChat says (needAuthorization: %s)',
    async (needAuthorization) => {
      const { page, tracker, device } = open({ needAuthorization });
      expect(page.data.asks).toBe(true);
      await flushed(tracker);
      expect(device.requests).toEqual([]);
    },
  );

  it('sends what was held once the visitor agrees, and asks no more', async () => {
    const { page, tracker, device, stored } = open({ needAuthorization: true });
    page.onAgree();
    await flushed(tracker);
    expect(device.bodies().flatMap(({ batch }) => batch.map(({ name }) => name))).toEqual(['before']);
    expect(page.data.asks).toBe(false);
    tracker.destroy();
    expect(open({ needAuthorization: false, stored }).page.data.asks).toBe(false);
  });

  it('sends nothing once the visitor declines, and asks no more', async () => {
    const { page, tracker, device, stored } = open();
    page.onDecline();
    tracker.track('after');
    await flushed(tracker);
    expect(device.requests).toEqual([]);
    tracker.destroy();
    expect(open({ stored }).page.data.asks).toBe(false);
  });

  it('asks again when the notice has got longer, and shows it', () => {
    const { page, wx } = open({ needAuthorization: true, stored: { asked_consent: '1' } });
    expect(page.data.asks).toBe(true);
    page.onRead();
    expect(wx.openPrivacyContract).toHaveBeenCalledOnce();
  });
});

describe('the example of docs/privacy.md that sends no device', () => {
  it('keeps the rest of the context', async () => {
    const { adapter, bodies } = createFakeAdapter();
    let tracker;
    const create = (options) => {
      tracker = createTracker(options);
    };
    new Function('wechat', 'createTracker', 'endpoint', exampleOf('no device'))(
      () => adapter,
      create,
      'https://collect.example.com/v1/events',
    );
    tracker.track('x');
    await flushed(tracker);
    const [{ contexts }] = bodies();
    expect(contexts[0]).toMatchObject({ app_id: 'wx1234', app_version: '1.2.3', device: {} });
    expect(contexts[0].device).toEqual({});
  });
});
