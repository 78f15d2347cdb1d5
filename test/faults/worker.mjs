import { parentPort, workerData } from 'node:worker_threads';
import { runModel } from './commands.mjs';
import { catchMutant } from './mutants.mjs';
import { scenarios } from './scenarios.mjs';

const core = new Function('setTimeout', 'clearTimeout', 'Date', 'Math', 'console', workerData.code);

parentPort.on('message', async ({ task, settings }) => {
  const from = Date.now();
  let result;
  try {
    if (task === 'f1') result = runModel(core, settings);
    else if (task === 'f2') result = await catchMutant(settings.name, settings);
    else result = scenarios[task](core, settings);
  } catch (error) {
    result = { error: `${error && error.stack}` };
  }
  parentPort.postMessage({ result, ms: Date.now() - from });
});
