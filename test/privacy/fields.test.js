import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { driveApp, PLUGINS } from './driveApp';
import { readFields, readFunctions, readRows } from './readDocument';

const DOCUMENT = 'docs/privacy.md';
const TRANSLATION = 'docs/privacy.zh-CN.md';
const HOSTS = ['wx', 'my', 'tt'];

// And the listener of which an app has only one. "隐私接口与对应的处理的信息关系"
// https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/miniprogram-intro.html
const WECHAT_PRIVACY_FUNCTIONS =
  'getUserInfo getUserProfile authorize getLocation startLocationUpdate startLocationUpdateBackground getFuzzyLocation choosePoi chooseLocation chooseAddress chooseInvoiceTitle chooseInvoice getWeRunData chooseLicensePlate chooseImage chooseMedia chooseVideo chooseMessageFile startRecord getRecorderManager joinVoIPChat createVKSession openBluetoothAdapter createBLEPeripheralServer saveImageToPhotosAlbum saveVideoToPhotosAlbum addPhoneContact addPhoneRepeatCalendar addPhoneCalendar startAccelerometer startCompass startDeviceMotionListening startGyroscope setClipboardData getClipboardData onNeedPrivacyAuthorization'.split(
    ' ',
  );

/** Members of `wx`, `my` and `tt` that are no functions; the first is where trackers of one app meet. */
const MEMBERS = ['__minitrail', 'SDKVersion', 'performance'];

const listed = readFields(DOCUMENT);
const fieldsFor = (host, isWanted) =>
  listed
    .filter(({ hosts, plugin }) => hosts.includes(host) && isWanted(plugin))
    .map(({ field }) => field)
    .sort();

const runs = new Map();
/** What an app with these plugins sends; each app is driven once. */
const drive = (host, plugins) => {
  const key = `${host} ${plugins}`;
  if (!runs.has(key)) runs.set(key, driveApp(host, plugins));
  return runs.get(key);
};
/** What one plugin sends by another's name is listed under the other. */
const SENDS_AS = { remoteRules: 'trigger' };
const isSent = (field) => !field.startsWith('stored.');

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date('2026-01-01T08:00:00Z'));
});

describe('docs/privacy.md', () => {
  it('is held against every plugin of the package', () => {
    const files = readdirSync('src/plugins').map((file) => file.replace('.ts', ''));
    const exported = [...readFileSync('src/index.ts', 'utf8').matchAll(/(\w+),?\s} from '.\/plugins\//g)].map(
      ([, name]) => name,
    );
    const driven = [...Object.keys(PLUGINS), 'autotrack'].sort();
    expect(files.sort()).toEqual(driven);
    expect(exported.sort()).toEqual(driven);
  });

  it('has a part for each plugin, and lists no field twice', () => {
    for (const file of [DOCUMENT, TRANSLATION]) {
      const parts = [...readFileSync(file, 'utf8').matchAll(/^### `(\w+)`$/gm)].map(([, plugin]) => plugin);
      expect(parts.sort()).toEqual(Object.keys(PLUGINS).sort());
    }
    const fields = listed.map(({ field }) => field);
    expect(fields.filter((field, i) => fields.indexOf(field) !== i)).toEqual([]);
  });

  describe.each(HOSTS)('on %s', (host) => {
    it('lists every field that is sent or stored, and none that is not', async () => {
      const { fields } = await drive(host, Object.keys(PLUGINS));
      expect([...fields].sort()).toEqual(fieldsFor(host, () => true));
    });

    it.each(Object.keys(PLUGINS))('lists under %s what it adds', async (plugin) => {
      const { fields: bare } = await drive(host, []);
      const { fields } = await drive(host, [plugin]);
      const added = [...fields].filter((field) => isSent(field) && !bare.has(field));
      expect(added.sort()).toEqual(fieldsFor(host, (each) => each === (SENDS_AS[plugin] ?? plugin)).filter(isSent));
    });

    it('lists under no plugin what an app without any sends', async () => {
      const { fields } = await drive(host, []);
      const own = fieldsFor(host, (plugin) => !plugin).filter((field) => !field.startsWith('stored.plugins.'));
      expect([...fields].sort()).toEqual(own);
    });

    it('lists every function of the host that is called, and none that is not', async () => {
      const functions = readFunctions(DOCUMENT);
      const called = new Set();
      for (const plugins of [Object.keys(PLUGINS), []]) {
        const run = await drive(host, plugins);
        for (const name of run.called) called.add(name);
        // A function that only another host has may be looked for.
        const known = [...Object.values(functions).flat(), ...MEMBERS];
        expect([...run.missed].filter((name) => !known.includes(name))).toEqual([]);
      }
      expect([...called].sort()).toEqual([...new Set(functions[host])].sort());
    });

    it('says that nothing typed or chosen is sent, and nothing that redact() names', async () => {
      const { bodies } = await drive(host, Object.keys(PLUGINS));
      expect(JSON.stringify(bodies)).not.toMatch(/secret/);
      expect(bodies.flatMap(({ batch }) => batch).filter(({ name }) => name === 'tap').length).toBeGreaterThan(5);
    });
  });

  it("says that no function is one of WeChat's privacy functions", async () => {
    const { called, missed } = await drive('wx', Object.keys(PLUGINS));
    expect([...called, ...missed].filter((name) => WECHAT_PRIVACY_FUNCTIONS.includes(name))).toEqual([]);
  });

  it('says the same in both languages, row by row', () => {
    // Words stand in another order.
    const shape = (file) => readRows(file).map(({ number, cells }) => ({ number, cells: cells.map((codes) => codes.sort()) }));
    const english = shape(DOCUMENT);
    // The text to paste is in Chinese only.
    expect(shape(TRANSLATION).slice(0, english.length)).toEqual(english);
    expect(readFields(TRANSLATION)).toEqual(listed);
  });
});
