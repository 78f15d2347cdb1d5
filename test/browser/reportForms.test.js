import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './findViolations.js';
import { startInsightWorld } from './insightWorld.js';
import { launchChromium } from './launchChromium.js';

const INSIGHT = fileURLToPath(new URL('../../examples/insight', import.meta.url));
const isReady = ['node_modules/fastify', 'page/dist/index.html'].every((path) => existsSync(join(INSIGHT, path)));
const WHY = isReady ? '' : ' (skipped: npm --prefix examples/insight ci && npm --prefix examples/insight run page first)';
const PATIENCE_MS = 30_000;
const POLL = { timeout: PATIENCE_MS };
/** Text of a chart, on a bar that is a gradient, and arrows: the page's own test computes their contrast from the palette. */
const KNOWN = '.chart svg *, .bar, .bar strong, [data-move]';
/** "日期,花费" and a row, as a Chinese Excel saves them. */
const GB18030 = Buffer.from([0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xbb, 0xa8, 0xb7, 0xd1, 0x0a, ...Buffer.from('2026/9/5,7\n')]);

describe.skipIf(!isReady)(`the forms of the report page${WHY}`, () => {
  let browser;
  let world;
  let page;
  const errors = [];

  beforeAll(async () => {
    browser = await launchChromium();
    world = await startInsightWorld();
    const context = await browser.newContext({ locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => errors.push(String(error)));
    // A refusal is written by the browser, too.
    page.on(
      'console',
      (message) => message.type() === 'error' && !/status of 4/.test(message.text()) && errors.push(message.text()),
    );
    await page.goto(world.url);
  }, PATIENCE_MS * 4);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const main = () => page.locator('main');
  const open = async (hash) => {
    await page.goto(`${world.url}/#/${hash}`);
    await main().locator('h1').waitFor();
  };
  const button = (name) => main().getByRole('button', { name, exact: true });
  const fill = async (form, values) => {
    for (const [name, value] of Object.entries(values)) await form.locator(`[name="${name}"]`).fill(value);
  };
  const told = (text) => main().locator('[role=status]', { hasText: text }).waitFor();
  /** What asks first names what would be gone. */
  const remove = async (name) => {
    await main()
      .getByRole('button', { name: `Remove: ${name}`, exact: true })
      .click();
    const dialog = page.getByRole('alertdialog', { name: 'Really remove?' });
    expect(await dialog.textContent()).toContain(name);
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  /** By the keyboard alone: day, month and year are typed one after the other, the second date goes on from the first. */
  const chooseDays = async (from, to) => {
    await main().locator('[name="days"]').press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Days' });
    await dialog.getByLabel('From: day').focus();
    for (const day of [from, to]) await page.keyboard.type(day.split('-').toReversed().join(''));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  };
  const kept = (path, read) => expect.poll(async () => read(await world.api(path)), POLL);
  const download = async (locator) => {
    const [file] = await Promise.all([page.waitForEvent('download'), locator.click()]);
    return readFileSync(await file.path());
  };
  const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

  it('makes a link for each channel, to be copied and scanned, and lists their results', async () => {
    await open('linkCodes');
    await fill(main().locator('form'), {
      sources: 'xiaohongshu\n\n wechat_group ',
      campaign: 'autumn',
      page: 'pages/home/index',
      cost: '50',
      web_url: 'https://shop.example.com/m?a=1',
    });
    await button('Make links (2)').click();
    await told('Made.');
    const links = await world.api('links');
    expect(links.map(({ source, campaign, cost }) => [source, campaign, cost])).toEqual([
      ['xiaohongshu', 'autumn', 50],
      ['wechat_group', 'autumn', 50],
    ]);
    const card = main().locator(`[data-code="${links[0].code}"]`);
    await card.locator('summary').click();
    await card.getByRole('button', { name: 'Copy: Path of the mini-program' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(links[0].path);
    expect(await card.locator('input').nth(1).inputValue()).toBe(JSON.stringify(links[0].qr));
    expect(await card.locator('img').evaluate(({ naturalWidth }) => naturalWidth)).toBeGreaterThan(0);
    expect((await download(card.getByRole('button', { name: 'Save as PNG' }))).subarray(0, 4)).toEqual(PNG);
    const row = main().locator('tbody tr', { hasText: 'xiaohongshu' });
    expect(await row.locator('[data-column="cost"]').textContent()).toContain('50.00');
    await remove('wechat_group · autumn');
    await kept('links', (list) => list.map(({ source }) => source)).toEqual(['xiaohongshu']);
    // The keyboard goes on at the next that can be removed.
    await expect
      .poll(() => page.evaluate(() => document.activeElement.getAttribute('aria-label')), POLL)
      .toBe('Remove: xiaohongshu · autumn');
  });

  it('shows which lines of costs are wrong before it imports them', async () => {
    await open('costs');
    const text = main().locator('textarea');
    await text.fill('日期,渠道,花费\n2026-09-03,search,5\n2026-09-31,search,5\n2026-09-04,ad,much');
    expect(await main().locator('.problems li').allTextContents()).toEqual([
      expect.stringMatching(/^Line 3: no day/),
      expect.stringMatching(/^Line 4: no cost/),
    ]);
    expect(await button('Import').isDisabled()).toBe(true);
    await text.fill('日期\t渠道\t花费\n2026-09-03\tsearch\t1,200\n2026-09-04\tad\t6');
    await button('Import').click();
    await told('Imported.');
    expect((await world.api('costs')).map(({ day, source_group, amount }) => [day, source_group, amount])).toEqual([
      ['2026-09-03', 'search', 1200],
      ['2026-09-04', 'ad', 6],
    ]);
    await main().locator('input[type=file]').setInputFiles({ name: '花费.csv', mimeType: 'text/csv', buffer: GB18030 });
    await expect.poll(() => text.inputValue(), POLL).toContain('日期,花费');
    await button('Import').click();
    await kept('costs', (rows) => rows.length).toBe(3);
    await remove('3 Sept 2026');
    await kept('costs', (rows) => rows.map(({ day }) => day)).toEqual(['2026-09-04', '2026-09-05']);
  });

  it('builds a segment of rules with its size, filters a report by it, changes it and tags it', async () => {
    await open('segments');
    const size = main().locator('[data-testid="size"]');
    await size.getByText('Now 2 people').waitFor();
    await main().locator('input[name="name"]').fill('Buyers');
    await button('+ Add a rule').click();
    const event = main().getByLabel('Event 2');
    await event.fill('coupon_c');
    await page.getByRole('option', { name: /^coupon_claimed/, selected: false }).waitFor();
    await event.press('Enter');
    expect(await event.inputValue()).toBe('coupon_claimed');
    await size.getByText('Now 1 people').waitFor();
    await main().locator('form').first().getByRole('button', { name: 'Save' }).click();
    await told('Saved.');
    const [segment] = await world.api('segments');
    expect(segment).toMatchObject({
      name: 'Buyers',
      params: {
        match: 'all',
        rules: [
          { kind: 'did', event: 'order_paid', op: 'gte', times: 1 },
          { kind: 'did', event: 'coupon_claimed' },
        ],
      },
    });
    const { range } = await world.api('analyses/overview');
    await page.goto(`${world.url}/#/overview?segment=${segment.id}&from=${range.from}&to=${range.to}`);
    await expect.poll(() => main().locator('dd[data-column="active_people"]').first().textContent(), POLL).toMatch(/^1\b/);
    await main().getByText('Only the segment: Buyers').waitFor();

    await open('trend');
    await main().locator('details summary').first().click();
    await main()
      .getByLabel(/^Segment/)
      .selectOption({ label: 'Buyers' });
    await button('Show').click();
    await expect.poll(() => page.url(), POLL).toContain(segment.id);

    await open('segments');
    await main().getByRole('button', { name: 'Change: Buyers' }).click();
    await button('Remove: Rule 2').click();
    expect(await button('+ Add a rule').evaluate((element) => element === document.activeElement)).toBe(true);
    await size.getByText('Now 2 people').waitFor();
    await main().locator('form').first().getByRole('button', { name: 'Save' }).click();
    await kept('segments', ([{ params }]) => params.rules.length).toBe(1);
    await main().locator('[data-segment]').getByText('2 people').waitFor();

    await main().locator('input[name="tag"]').fill('买家');
    await main().locator('select[name="segment"]').selectOption({ label: 'Buyers' });
    await main().locator('form').nth(1).getByRole('button', { name: 'Save' }).click();
    await main().locator('[data-tag="买家"]').waitFor();
    expect((await world.api('tags'))[0]).toMatchObject({ name: '买家', people: 2 });
    await remove('Buyers');
    await main().locator('[role=alert]', { hasText: 'remove the tag first' }).waitFor();
    expect(await world.api('segments')).toHaveLength(1);
  });

  it('saves the people behind a number as a segment', async () => {
    await open('people?analysis=coupons&cell={"coupon_id":"NEW100","did":"claimed"}');
    await main().getByText('Save as a segment').click();
    await main().locator('[data-testid="size"]', { hasText: 'Now 1 people' }).waitFor();
    await main().locator('input[name="name"]').fill('Took the coupon');
    await main().locator('form').first().getByRole('button', { name: 'Save' }).click();
    await kept('segments', (list) => list.at(-1)).toMatchObject({
      name: 'Took the coupon',
      analysis: 'coupons',
      cell: { coupon_id: 'NEW100', did: 'claimed' },
    });
    await remove('Took the coupon');
    await kept('segments', (list) => list.length).toBe(1);
  });

  it('defines a campaign with its coupon, and shows what both brought', async () => {
    await open('campaigns');
    const today = (await world.api('analyses')).today;
    const day = (ago) => new Date(Date.parse(today) - ago * 86_400_000).toISOString().slice(0, 10);
    const form = main().locator('form');
    await fill(form, { name: 'Autumn', campaign: 'autumn' });
    await chooseDays(day(12), day(8));
    await button('+ NEW100').click();
    await button('Save').click();
    await told('Saved.');
    const [campaign] = await world.api('campaigns');
    expect(campaign).toMatchObject({ name: 'Autumn', campaign: 'autumn', from: day(12), to: day(8), coupons: ['NEW100'] });
    await main().locator('[data-campaign] summary').click();
    const { rows } = await world.api(`analyses/campaign?campaign=autumn&from=${day(12)}&to=${day(8)}`);
    const during = rows.find(({ part }) => part === 'during');
    expect(during).toMatchObject({ orders: 2, came_people: 1 });
    const row = main().locator('tbody tr', { hasText: 'During' });
    await row.waitFor();
    expect(await row.locator('[data-column="orders"]').textContent()).toBe(`${during.orders}`);
    const coupon = main().locator('tbody tr', { hasText: 'NEW100' });
    expect(await coupon.locator('[data-column="used"]').textContent()).toBe('1');
    await main().getByRole('button', { name: 'Change: Autumn' }).click();
    await chooseDays(day(13), day(9));
    await button('Save').click();
    await kept('campaigns', ([{ from, to }]) => [from, to]).toEqual([day(13), day(9)]);
    await remove('Autumn');
    await kept('campaigns', (list) => list).toEqual([]);
  });

  it('holds what arrives against the tracking plan, takes an event over into it, and gives its TypeScript', async () => {
    await open('plan');
    await main().locator('[data-problem="unknown_event"] summary').click();
    await button('Add to the plan: quiz_done').click();
    const form = main().locator('form');
    await fill(form, { zh: '完成问答', en: 'A quiz is done', owner: 'shop' });
    expect(await form.locator('[name^="key"]').evaluateAll((inputs) => inputs.map(({ value }) => value).sort())).toEqual([
      'passed',
      'score',
    ]);
    const score = await form
      .locator('[name^="key"]')
      .evaluateAll((inputs) => inputs.findIndex(({ value }) => value === 'score'));
    await form.locator(`[name="required${score}"]`).check();
    await button('Save').click();
    await told('Saved.');
    expect((await world.api('plan')).quiz_done).toMatchObject({
      owner: 'shop',
      zh: '完成问答',
      properties: { score: 'number', passed: 'bool' },
      required: ['score'],
    });
    await expect.poll(() => main().locator('[data-problem="unknown_event"]').count(), POLL).toBe(0);
    const types = (await download(main().getByText('Download as TypeScript'))).toString();
    expect(types).toContain('quiz_done: {');
    expect(types).toMatch(/score: number;/);
    await main().getByLabel('Search', { exact: true }).fill('quiz');
    await main().locator('[data-event="quiz_done"] summary').click();
    await remove('quiz_done');
    await kept('plan/own', (list) => list).toEqual([]);
  });

  it('keeps questions on a board, in an order of its own', async () => {
    for (const [report, title] of [
      ['trend?step={"event":"app_show"}', 'Visits'],
      ['channels', 'Channels'],
    ]) {
      await open(report);
      await button('Save to the board').click();
      await main().locator('.board-form input[name="title"]').fill(title);
      await main().locator('.board-form').getByRole('button', { name: 'Save' }).click();
      await told('It is on the board.');
    }
    expect((await world.api('boards')).map(({ title, analysis, params }) => [title, analysis, params])).toEqual([
      ['Visits', 'trend', { step: '{"event":"app_show"}' }],
      ['Channels', 'channels', {}],
    ]);
    await main().locator('.board-form a').click();
    await main().locator('[data-tile] .chart svg').first().waitFor();
    expect((await download(main().locator('[data-tile] figcaption button').first())).subarray(0, 4)).toEqual(PNG);
    await button('Arrange').click();
    await main().getByRole('button', { name: 'Move down: Visits' }).focus();
    await page.keyboard.press('Enter');
    await kept('boards', (list) => list.map(({ title }) => title)).toEqual(['Channels', 'Visits']);
    // The keyboard stays with the tile.
    await expect
      .poll(() => page.evaluate(() => document.activeElement.getAttribute('aria-label')), POLL)
      .toBe('Move up: Visits');
    await main().getByRole('button', { name: 'Rename: Visits' }).click();
    await main().locator('.tile input[name="title"]').fill('Visits by day');
    await button('Save').click();
    await kept('boards', (list) => list.map(({ title }) => title)).toEqual(['Channels', 'Visits by day']);
    await remove('Channels');
    await kept('boards', (list) => list.map(({ title }) => title)).toEqual(['Visits by day']);
  });

  it('watches a figure of a report, draws its usual band, tries the robot and tells it what left the band', async () => {
    await open('overview');
    await open('lifecycle');
    await main().getByText('Watch this figure').click();
    await main().locator('form [name="analysis"]').selectOption('overview');
    const form = main().locator('form');
    await form.locator('[name="column"]').selectOption('active_people');
    await fill(form, { title: '活跃人数', webhook: world.webhook.url });
    await form.locator('[name="lang"]').selectOption('zh');
    await button('Send a test').click();
    await told('took the test message');
    expect(world.webhook.calls.at(-1).body.text.content).toContain('【活跃人数】这是一条测试消息');
    world.webhook.answers.unshift({ status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' });
    await button('Send a test').click();
    await main().locator('[role=alert]', { hasText: 'invalid webhook url' }).waitFor();
    await button('Save').click();
    await told('Saved.');
    const [alert] = await world.api('alerts');
    expect(alert).toMatchObject({
      title: '活跃人数',
      analysis: 'overview',
      column: 'active_people',
      params: {},
      weeks: 8,
      k: 5,
    });
    const card = main().locator('[data-alert]');
    await card.getByText('above its band').first().waitFor();
    await card.locator('.chart svg').waitFor();
    // The band and the line.
    expect(await card.locator('.chart svg path[fill="#d3e3fa"]').count()).toBeGreaterThan(0);
    await card.getByRole('button', { name: 'Look at yesterday now' }).click();
    await card.locator('summary', { hasText: 'What was told (1)' }).click();
    expect(world.webhook.calls.at(-1).body.text.content).toContain('高于通常范围');
    await card.locator('tbody tr', { hasText: 'told' }).last().waitFor();
    await main().getByRole('button', { name: 'Change: 活跃人数' }).click();
    await form.locator('[name="k"]').fill('100');
    await button('Save').click();
    await form.waitFor({ state: 'detached' });
    await kept('alerts', ([{ k }]) => k).toBe(100);
    await remove('活跃人数');
    await kept('alerts', (list) => list).toEqual([]);
  });

  it('writes to the recall list, shows what failed and sends it again, and holds the groups beside each other', async () => {
    await open('recallCampaigns');
    await main().getByText('On the list now: 6 people').waitFor();
    await fill(main().locator('form'), { name: 'Carts', webhook: world.webhook.url, percent: '10' });
    await button('Save').click();
    await told('Saved.');
    const [{ id, held_out, params }] = await world.api('recall/campaigns');
    expect([held_out, params]).toEqual([0.1, { leavingDays: 60 }]);
    const counts = async () => (await world.api('recall/campaigns'))[0].messages;
    world.webhook.answers.splice(0, Infinity, { status: 400, body: 'no such template' });
    await world.deliver();
    const { dead, held_out: held } = await counts();
    expect(dead + held).toBe(6);
    expect(dead).toBeGreaterThan(0);
    await open('alerts');
    await open('recallCampaigns');
    await main()
      .locator('[data-state="dead"]', { hasText: String(dead) })
      .click();
    await main().locator('tbody tr', { hasText: 'no such template' }).first().waitFor();
    await button('Send all again').click();
    await told(`${dead} message`);
    world.webhook.answers.splice(0, Infinity, { status: 200 });
    await world.deliver();
    expect(await counts()).toMatchObject({ sent: dead, dead: 0 });
    await main().locator('summary', { hasText: 'Did writing help?' }).click();
    const { groups } = await world.api(`recall/campaigns/${id}/results`);
    const row = (name) => main().locator('tbody tr', { hasText: name });
    await row('Written to').waitFor();
    for (const [i, name] of ['Written to', 'Held out'].entries())
      if (groups[i].people)
        expect(await row(name).locator('[data-column="people"]').textContent()).toBe(String(groups[i].people));
    await main().getByRole('button', { name: 'Pause: Carts' }).click();
    await kept('recall/campaigns', ([{ paused }]) => paused).toBe(true);
  });

  it('saves a table as CSV and PNG, and tells at each number what it counts', async () => {
    await open('eventNames');
    await main().locator('tbody tr').first().waitFor();
    const { rows } = await world.api('analyses/eventNames');
    const csv = (await download(main().getByRole('button', { name: /^Download CSV/ }))).toString();
    expect(csv.trim().split('\r\n')).toHaveLength(rows.length + 1);
    expect(csv).toContain('coupon_claimed');
    expect(
      (
        await download(
          main()
            .getByRole('button', { name: /^Save as PNG: / })
            .last(),
        )
      ).subarray(0, 4),
    ).toEqual(PNG);
    const mark = main().locator('th').getByRole('button', { name: 'What it counts: Events', exact: true });
    await mark.focus();
    await page.keyboard.press('Enter');
    const tip = page.getByRole('dialog', { name: 'What it counts: Events' });
    const { definition } = (await world.api('analyses')).analyses.find(({ id }) => id === 'eventNames');
    expect(await tip.locator('p').textContent()).toBe(definition.en);
    await page.keyboard.press('Enter');
    expect(await tip.locator('pre').textContent()).toContain('GROUP BY');
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
    expect(await mark.evaluate((element) => element === document.activeElement)).toBe(true);
    await mark.hover();
    await tip.waitFor();
    await page.mouse.move(0, 0);
    await tip.waitFor({ state: 'detached' });
  });

  it('chooses the days of a report in the calendar by the keyboard, in both languages, and by a preset', async () => {
    await open('eventNames?from=2026-11-02&to=2026-11-05');
    const days = main().locator('[name="days"]');
    await days.press('Enter');
    await page.getByRole('button', { name: 'Monday, 2 November 2026' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take these days' }).press('Enter');
    await expect.poll(() => page.url(), POLL).toMatch(/from=2026-11-09&to=2026-11-10$/);
    await page.locator('header > button').first().click();
    await days.press('Enter');
    await page.getByRole('dialog', { name: '日期范围' }).getByText('2026年11月', { exact: true }).waitFor();
    const { today } = await world.api('analyses');
    await page.getByRole('button', { name: '今天', exact: true }).press('Enter');
    await expect.poll(() => page.url(), POLL).toContain(`from=${today}&to=${today}`);
    await page.locator('header > button').first().click();
  });

  it('sorts a table by any column, and shows a long one by pages', async () => {
    await open('sql?sql=SELECT+range+AS+n+FROM+range(120)');
    await button('Run').click();
    const cells = () => main().locator('tbody td').allTextContents();
    await expect.poll(async () => (await cells()).length, POLL).toBe(50);
    await main().getByText('1 – 50 of 120').waitFor();
    await main().locator('th').getByRole('button', { name: 'n', exact: true }).click();
    expect((await cells()).slice(0, 2)).toEqual(['119', '118']);
    expect(await main().locator('th').getAttribute('aria-sort')).toBe('descending');
    for (let i = 0; i < 2; i++) await button('Next').click();
    expect(await cells()).toHaveLength(20);
    expect(await button('Next').isDisabled()).toBe(true);
  });

  it('says in Chinese, too, that the collector did not answer, and asks once more', async () => {
    const context = await browser.newContext({ locale: 'zh-CN' });
    const other = await context.newPage();
    await other.route('**/api/links', (route) =>
      route.request().method() === 'GET'
        ? route.fulfill({ status: 500, json: { error: 'the server failed' } })
        : route.continue(),
    );
    await other.goto(`${world.url}/#/linkCodes`);
    await other.locator('main [role=alert]').waitFor();
    expect(await other.locator('main [role=alert]').textContent()).toBe('操作未成功：服务器出错');
    await other.unroute('**/api/links');
    await other.getByRole('button', { name: '重试' }).click();
    await other.locator('main [data-code]').waitFor();
    expect(await other.locator('main [role=alert]').count()).toBe(0);
    await other.route('**/api/analyses/eventNames*', (route) => route.abort());
    await other.goto(`${world.url}/#/eventNames`);
    await other.locator('main [role=alert]', { hasText: '操作未成功：无法连接服务器' }).waitFor();
    await other.unroute('**/api/analyses/eventNames*');
    await other.getByRole('button', { name: '重试' }).click();
    await other.locator('main tbody tr').first().waitFor();
    expect(await other.locator('main [role=alert]').count()).toBe(0);
    // A part of the page that a newer build took away.
    await other.route('**/assets/CostsPage-*.js', (route) => route.abort());
    await other.goto(`${world.url}/#/costs`);
    await other.locator('main [role=alert]', { hasText: '无法连接服务器' }).waitFor();
    await other.unroute('**/assets/CostsPage-*.js');
    await other.getByRole('button', { name: '重试' }).click();
    await other.locator('main h1', { hasText: '导入成本' }).waitFor();
    await context.close();
  });

  const PAGES = ['linkCodes', 'costs', 'segments', 'campaigns', 'plan', 'board', 'alerts', 'recallCampaigns'];
  describe.each(PAGES)('its page %s', (name) => {
    beforeAll(async () => {
      if (name !== PAGES[0]) return;
      const { today: to } = await world.api('analyses');
      const from = (await world.api('analyses/overview')).range.from;
      await world.api('campaigns', { name: 'Autumn', campaign: 'autumn', from, to, coupons: ['NEW100'] });
      await world.api('alerts', { title: 'People', analysis: 'overview', column: 'active_people', webhook: world.webhook.url });
    });
    const look = async ({ width, theme, language }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(
        ([asTheme, asLanguage]) => {
          localStorage.theme = asTheme;
          localStorage.language = asLanguage;
        },
        [theme, language.slice(0, 2)],
      );
      await open(name);
      await page.reload();
      await main().locator('h1').waitFor();
      const isLoaded = () =>
        expect
          .poll(
            () =>
              main()
                .locator('[role=status]', { hasText: /Loading|加载中/ })
                .count(),
            POLL,
          )
          .toBe(0);
      await isLoaded();
      if (name === 'alerts') await main().locator('button').first().click();
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('main details:not(.event)')) details.open = true;
      });
      await isLoaded();
      if (['campaigns', 'board', 'alerts'].includes(name)) await main().locator('.chart svg').first().waitFor();
      // Charts are drawn anew for the width.
      await page.evaluate(async () => {
        for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
      });
      const shown = await page.evaluate(() => {
        const { lang, dataset, scrollWidth } = document.documentElement;
        return { language: lang, theme: dataset.theme, tooWide: Math.max(0, scrollWidth - innerWidth) };
      });
      expect(shown).toEqual({ language, theme, tooWide: 0 });
    };
    const LOOKS = [
      { width: 390, theme: 'dark', language: 'zh-CN' },
      { width: 1440, theme: 'light', language: 'en-GB' },
    ];
    it('passes axe, does not overflow, and follows language and theme', async () => {
      // axe looks at each page once, at one page in the one look, at the next in the other.
      const looks = PAGES.indexOf(name) % 2 ? LOOKS : LOOKS.toReversed();
      for (const each of looks) await look(each);
      expect(await findViolations(page, { known: KNOWN })).toEqual([]);
    });
  });

  it('says nothing on the console of the browser', () => {
    expect(errors).toEqual([]);
  });
});
