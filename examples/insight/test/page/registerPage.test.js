import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { registerPage } from '../../src/registerPage.js';

it('serves the page once it is built, leads to its shop, and serves nothing else of the machine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'insight-page-'));
  writeFileSync(join(folder, 'index.html'), 'the page');
  writeFileSync(join(folder, 'code.js'), 'the code');
  writeFileSync(join(folder, 'code.js.gz'), gzipSync('the code'));
  const [built, missing] = [fastify(), fastify()];
  try {
    await registerPage(built, { folder, shopUrl: 'http://127.0.0.1:8787' });
    await registerPage(missing, { folder: join(folder, 'none') });
    expect((await built.inject('/')).body).toBe('the page');
    const gzip = await built.inject({ url: '/code.js', headers: { 'accept-encoding': 'gzip' } });
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.rawPayload).toString()]).toEqual(['gzip', 'the code']);
    expect((await built.inject('/code.js')).body).toBe('the code');
    expect((await built.inject('/..%2f..%2fetc/passwd')).statusCode).toBeGreaterThanOrEqual(400);
    expect((await built.inject('/shop')).headers.location).toBe('http://127.0.0.1:8787');
    for (const url of ['/', '/shop']) expect((await missing.inject(url)).statusCode).toBe(404);
  } finally {
    await Promise.all([built.close(), missing.close()]);
    rmSync(folder, { recursive: true });
  }
});
