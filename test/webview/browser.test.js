import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putQuery } from '../../src/share/putQuery';
import { launchChromium } from '../browser/launchChromium.js';

const ID = '0123456789abcdef0123456789abcdef';
const facts = { mt_visitor: ID, mt_session: 'fedcba987654', mt_platform: 'wechat' };

/** What a bundler makes of a page's import of the reader. */
const bundle = async (contents) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('../../src', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2017',
  });
  return outputFiles[0].text;
};

describe('readVisitor in a browser', () => {
  let browser;
  let server;
  let origin;
  beforeAll(async () => {
    const script = await bundle(
      `import { readVisitor } from './webview'; window.first = readVisitor({ clean: true }); window.second = readVisitor();`,
    );
    server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><script type="module">${script}</script>`);
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${server.address().port}`;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((done) => server?.close(done));
  });

  const visit = async (url) => {
    const page = await browser.newPage();
    await page.goto(origin + url);
    const found = await page.evaluate(() => ({ first: window.first, second: window.second, href: location.href }));
    const entries = await page.evaluate(() => history.length);
    await page.close();
    return { ...found, entries };
  };

  it('reads the visitor of the mini-program once and takes it out of the address', async () => {
    const { first, second, href, entries } = await visit(putQuery('/help?topic=refund%20now#answers', facts));
    expect(first).toEqual({ anonymousId: ID, sessionId: 'fedcba987654', platform: 'wechat' });
    expect(second).toBeUndefined();
    expect(href).toBe(`${origin}/help?topic=refund%20now#answers`);
    // `back` leaves the page as before: the address was replaced, not added to. One is the blank page of the tab.
    expect(entries).toBe((await visit('/help')).entries);
  });

  it('finds nobody in any other browser', async () => {
    expect(await visit('/help?topic=1')).toMatchObject({ first: undefined, href: `${origin}/help?topic=1` });
  });

  it('weighs less than 0.4 kB', async () => {
    const code = await bundle(`export { readVisitor } from './webview';`);
    expect(brotliCompressSync(code).length).toBeLessThan(400);
  });
});
