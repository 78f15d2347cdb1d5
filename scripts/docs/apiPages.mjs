// The reference of the API by typedoc, a page for each import. What an editor would show nothing for is an error.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, ReflectionKind, TSConfigReader } from 'typedoc';
import { entries } from '../entries.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const OPTIONS = {
  plugin: ['typedoc-plugin-markdown'],
  // `createTracker` alone is in `index` as well.
  entryPoints: Object.values(entries).filter((file) => file !== 'src/createTracker.ts'),
  logLevel: 'Warn',
  readme: 'none',
  excludeInternal: true,
  disableSources: true,
  excludeReferences: true,
  validation: { notDocumented: true, invalidLink: true, notExported: false },
  hideBreadcrumbs: true,
  hidePageHeader: true,
  outputFileStrategy: 'modules',
  pageTitleTemplates: { module: ({ name }) => (name === 'minitrail' ? name : `minitrail/${name}`) },
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  tableColumnSettings: { hideInherited: true, hideOverrides: true, hideModifiers: true, hideSources: true },
  useHTMLAnchors: true,
};

const FOLDERS = {
  '': 'The tracker',
  adapters: 'Hosts',
  plugins: 'Plugins, which the root exports as well',
  formats: 'Formats of the endpoint',
  cloud: "The hosts' own clouds",
  compress: 'Compression',
  frameworks: 'Frameworks',
  scenes: 'Scene codes',
};

const index = (modules) =>
  [
    '# API reference',
    '',
    'By import, from the texts that an editor shows (`npm run api` writes it). It is in English only. What plugins track is in the [event dictionary](../events.md).',
    ...Object.entries(FOLDERS).flatMap(([folder, title]) => [
      `\n## ${title}\n`,
      '| Import | Has |',
      '|---|---|',
      ...modules
        .filter(({ name }) => (name.includes('/') ? name.split('/')[0] : '') === folder)
        .map(({ name, children }) => {
          const names = children.map((child) => `\`${child.name}\``).join(', ');
          return `| [\`${name === 'minitrail' ? name : `minitrail/${name}`}\`](${name}.md) | ${names} |`;
        }),
    ]),
    '',
    '`minitrail/createTracker` has `createTracker` alone, for tools that do not shake the tree.',
    '',
  ].join('\n');

/** `{ 'docs/api/plugins/tap.md': text, … }` */
export const apiPages = async () => {
  const app = await Application.bootstrapWithPlugins(
    { ...OPTIONS, entryPoints: OPTIONS.entryPoints.map((file) => root + file), tsconfig: `${root}tsconfig.json` },
    [new TSConfigReader()],
  );
  const project = await app.convert();
  if (!project) throw new Error('typedoc could not read the source');
  const nameOf = Object.fromEntries(Object.entries(entries).map(([name, file]) => [file.replace(/\.ts$/, ''), name]));
  for (const module of project.children) {
    const name = nameOf[module.name] || nameOf[`${module.name}/index`];
    module.name = name === 'index' ? 'minitrail' : name;
  }
  for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) {
    // Taken apart in the place of its name.
    if (parameter.name === '__namedParameters') parameter.name = 'options';
  }
  app.validate(project);
  if (app.logger.hasWarnings() || app.logger.hasErrors()) process.exitCode = 1;
  const out = mkdtempSync(join(tmpdir(), 'minitrail-api-'));
  try {
    await app.outputs.writeOutput({ name: 'markdown', path: out }, project);
    const files = readdirSync(out, { recursive: true }).filter((file) => file.endsWith('.md') && file !== 'README.md');
    return Object.fromEntries([
      ['docs/api/README.md', index(project.children)],
      ...files.sort().map((file) => [`docs/api/${file}`, readFileSync(join(out, file), 'utf8')]),
    ]);
  } finally {
    rmSync(out, { recursive: true });
  }
};
