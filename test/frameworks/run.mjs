// Builds the example of each framework for each host, lets a visitor loose on every build in the simulator, and prints
// what was measured: `npm run test:frameworks`, or with names (`taro`, `alipay`, …) only those.
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { build, FRAMEWORKS, PLATFORMS } from './builds.mjs';
import { drive } from './drive.mjs';
import { check } from './expect.mjs';

const wanted = process.argv.slice(2);
const pick = (all) => (all.some((name) => wanted.includes(name)) ? all.filter((name) => wanted.includes(name)) : all);
const started = Date.now();
const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;

const measure = async (framework, platform) => {
  try {
    const project = await compileProject(await build(framework, platform), { platform });
    console.log(`${seconds()}  ${framework} for ${platform} is built`);
    const options = { project, present: FRAMEWORKS[framework].present?.[platform] };
    return check(platform, await drive(options), await drive({ ...options, isControl: true }));
  } catch (error) {
    return { build: [error.message] };
  }
};

const rows = [];
for (const framework of pick(Object.keys(FRAMEWORKS))) {
  for (const platform of pick(PLATFORMS)) rows.push({ framework, platform, cells: await measure(framework, platform) });
}

const nothing = { events: [], menus: [], screens: [], problems: [] };
const columns = Object.keys(check('wechat', nothing, nothing));
// A row that was not built has no cell that holds.
const problemsOf = ({ cells }, column) => cells[column] ?? cells.build;
let passed = 0;
let failed = 0;
console.log(`\n${'host'.padEnd(8)}${'framework'.padEnd(11)}${columns.join('  ')}`);
for (const platform of pick(PLATFORMS)) {
  for (const row of rows.filter((each) => each.platform === platform)) {
    const marks = columns.map((column) => {
      const isOk = !problemsOf(row, column).length;
      if (isOk) passed++;
      else failed++;
      return (isOk ? 'ok' : 'FAIL').padEnd(column.length);
    });
    console.log(`${platform.padEnd(8)}${row.framework.padEnd(11)}${marks.join('  ')}`);
  }
}
for (const { platform, framework, cells } of rows) {
  for (const [column, problems] of Object.entries(cells)) {
    if (problems.length) console.log(`\n${platform}, ${framework}, ${column}:\n  ${problems.join('\n  ')}`);
  }
}
console.log(`\n${passed} passed, ${failed} failed (${seconds()})`);
process.exitCode = failed ? 1 : 0;
