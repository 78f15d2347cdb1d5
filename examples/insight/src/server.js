import { createServer } from './createServer.js';
import { readConfig } from './readConfig.js';

/** `npm start`: listens until it is told to stop. */
const main = async () => {
  const config = readConfig(process.env);
  const log = (/** @type {string} */ line) => console.error(`insight: ${line}`);
  const server = await createServer(config, log);
  const url = await server.app.listen({ host: config.host, port: config.port });
  const rebuilt = server.store.rebuilt();
  if (rebuilt) log('the database could not be used; it was set aside and is rebuilt from the journal');
  console.log(`insight: ${url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      await server.close();
      process.exit(0);
    });
  }
};

try {
  await main();
} catch (error) {
  console.error(`insight: ${/** @type {Error} */ (error).message}`);
  process.exit(1);
}
