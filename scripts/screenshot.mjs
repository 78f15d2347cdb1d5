// Makes docs/shop-zh.png and docs/shop-en.png for the README: `npm run shop && node scripts/screenshot.mjs`.
// With `--report <address>` it makes docs/insight-zh.png and docs/insight-en.png of a running examples/insight instead, best
// after `npm run demo-data` there.
// Chinese glyphs need a font on the machine: apt-get install fonts-wqy-microhei
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import { launchChromium } from '../test/browser/launchChromium.js';
import { openPage, startWorld } from '../test/browser/startWorld.js';

const FOLDER = new URL('../docs/', import.meta.url);

/** A visitor shares a product; another one opens the card and buys it. */
const visit = async (shop) => {
  const { tap, onTop } = shop;
  await shop.launch(1011);
  await tap('#claim-coupon');
  await tap('#product-phone-x1');
  await tap('#share');
  await shop.press('share-open');
  await shop.agree();
  await tap('#add-to-cart');
  await tap('#go-cart');
  await tap('#checkout');
  await shop.submitOrder();
  await onTop('#paid-amount').waitFor();
  await shop.sendAll();
  await shop.page.mouse.move(0, 0);
  // Toasts and the colour of new rows fade.
  await shop.page.waitForTimeout(3500);
};

/** The picture's pixels, four bytes each. */
const pixelsOf = async (page) => {
  const png = (await page.screenshot()).toString('base64');
  const { width, height, data } = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = '';
    for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
    return { width: image.width, height: image.height, data: btoa(text) };
  }, png);
  return { width, height, data: Buffer.from(data, 'base64') };
};

const chunk = (type, body) => {
  const content = Buffer.concat([Buffer.from(type), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(content), 4);
  return Buffer.concat([frame.subarray(0, 4), content, frame.subarray(4)]);
};

/** A PNG with 8 bits for each of red, green and blue, packed harder than a browser does. */
const encode = ({ width, height, data }) => {
  const stride = width * 3;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.copy(rows, y * (stride + 1) + 1 + x * 3, (y * width + x) * 4, (y * width + x) * 4 + 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const save = async (page, name) => {
  const picture = encode(await pixelsOf(page));
  writeFileSync(new URL(name, FOLDER), picture);
  console.log(`docs/${name}: ${Math.round(picture.length / 1000)} kB`);
};

const takeShop = async (browser, language) => {
  const world = await startWorld();
  const shop = await openPage(browser, world.url, { language });
  await visit(shop);
  await save(shop.page, `shop-${language}.png`);
  await shop.close();
  await world.close();
};

const takeReport = async (browser, language, address) => {
  const locale = language === 'zh' ? 'zh-CN' : 'en-US';
  const page = await browser.newPage({ locale, viewport: { width: 1280, height: 900 } });
  await page.goto(address);
  await page.getByText(language === 'zh' ? '近 30 天' : '30 days', { exact: true }).click();
  await page.locator('main svg').first().waitFor();
  // Charts grow into their place.
  await page.waitForTimeout(2000);
  await save(page, `insight-${language}.png`);
  await page.close();
};

const { report } = parseArgs({ options: { report: { type: 'string' } } }).values;
mkdirSync(FOLDER, { recursive: true });
const browser = await launchChromium();
try {
  for (const language of ['zh', 'en']) await (report ? takeReport(browser, language, report) : takeShop(browser, language));
} finally {
  await browser.close();
}
