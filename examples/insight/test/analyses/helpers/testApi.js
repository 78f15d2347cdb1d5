import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { registerApi } from '../../../src/api/index.js';
import { setErrorHandler } from '../../../src/setErrorHandler.js';
import { createTestStore } from './testStore.js';

/** The API on a store in memory; `call` gives status and what was answered. */
export const createTestApi = async ({ now = () => Date.parse('2026-10-20T04:00:00Z') } = {}) => {
  const shop = await createTestStore();
  const dataFolder = mkdtempSync(join(tmpdir(), 'insight-api-'));
  const failures = [];
  const app = fastify({ logger: false, bodyLimit: 1024 * 1024 });
  setErrorHandler(app, (line) => failures.push(line));
  const context = await registerApi(app, {
    store: shop.store,
    dataFolder,
    timeZone: 'Asia/Shanghai',
    now,
    onError: (error) => failures.push(error.message),
  });
  await app.ready();
  return {
    shop,
    app,
    context,
    failures,
    dataFolder,
    call: async (method, url, payload, headers) => {
      const response = await app.inject({ method, url, payload, headers });
      const isJson = /json/.test(response.headers['content-type'] || '');
      return { status: response.statusCode, body: isJson ? response.json() : response.body, headers: response.headers };
    },
    close: async () => {
      await app.close();
      await shop.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
};
