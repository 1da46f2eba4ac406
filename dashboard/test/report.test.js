import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { withTables } from '../src/report/markdown';
import { figure, share } from '../src/report/numbers';
import { Findings, provenance } from '../src/report/results';
import { labelOf } from '../src/report/targets';
import { REPORT } from '../src/text/report';
import { launch, LOOKS, Report } from './browser';
import { FOLDER, planted, published, ROOT } from './published';

const HOSTILE = '</script><img src=x onerror=alert(1)>&quot;"\'`${1}';
/** On a machine that does other things, too. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const accept = published.find((r) => r.target === 'V6' && r.experiment === 'accept');
const RATE = figure(accept.acceptedPerSecond);
let browser;
let report;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(async () => {
  const trouble = report?.trouble ?? [];
  await report?.close();
  report = undefined;
  expect(trouble, 'what the page may never do').toEqual([]);
});

/** Opens the page and waits until it shows something. */
async function open(look, results, runs = []) {
  report = await Report.open(browser, LOOKS[look], results && { results, runs });
  await report.page.locator('main').waitFor();
  return report.page;
}

/** Runs that say what their result says, with percentiles and a course. */
function runsOf(results) {
  return results.map((result, i) => ({
    ...result,
    file: `${result.experiment}.${result.target}.${i}.json`,
    run: 1,
    latencyMs: { accepted: { p50: 2, p90: 5, p99: 9, p999: 20 }, refused: { p50: 1, p90: 2, p99: 3, p999: 4 } },
    series: Array.from({ length: 11 }, (_, s) => ({ t: s / 10, remaining: 600 - 60 * s, stored: 60 * s })),
  }));
}

describe('the published results', () => {
  it.each(Object.keys(LOOKS))('are shown whole, accessible and without a request: %s', async (look) => {
    const page = await open(look, published, runsOf(published));
    const text = await report.text();

    for (const result of published) expect(text).toContain(labelOf(result.target));
    const shown = await page.locator('caption code').allInnerTexts();
    expect(new Set(shown)).toEqual(new Set(published.map((r) => r.experiment)));
    expect(await page.locator('h1').innerText()).toContain(RATE);
    expect(text).toContain(provenance(published).machine);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(await report.violations()).toEqual([]);
  });

  it('say in the figure what the README says', async () => {
    const page = await open('english', published);
    const row = page.locator('#accepted-accept tbody tr', { hasText: 'V6' });
    const tables = withTables('<!-- bench:begin issuing -->\n<!-- bench:end -->', new Findings(published), 'en', '');

    for (const cell of [RATE, `${figure(accept.acceptedMin)}–${figure(accept.acceptedMax)}`, share(accept.ceilingRatio)]) {
      expect(await row.innerText()).toContain(cell);
      expect(tables).toContain(cell);
    }
  });

  it.each([
    ['english', 'en'],
    ['korean', 'ko'],
  ])('make the README’s pictures where they are asked for: %s', async (look, language) => {
    const page = await open(look, published);
    await page.emulateMedia({ colorScheme: 'light' });
    const path = process.env.PICTURES === 'write' ? { path: `${ROOT}${FOLDER}/accepted.${language}.png` } : {};

    expect((await page.locator('#accepted-accept').screenshot(path)).length).toBeGreaterThan(20_000);
  });
});

describe('what was not measured', () => {
  it('leaves no empty room', async () => {
    const page = await open('english', [planted('V6', 'accept', { acceptedPerSecond: 5 })]);

    expect(await page.locator('main > section[id] > h2').allInnerTexts()).toEqual(['Accepting', 'All results', 'How to read this']);
    expect(await report.text()).not.toMatch(/NaN|null|undefined|Infinity/);
  });

  it('is not drawn, nor its sections listed, for an experiment of one’s own', async () => {
    const page = await open('english', [planted('V3', 'tiny', { acceptedPerSecond: 8 })]);

    expect(await page.locator('nav a').allInnerTexts()).toEqual(['All results']);
    expect(await page.locator('caption code').allInnerTexts()).toEqual(['tiny']);
  });
});

describe('the judge', () => {
  it('stands in the place of the speed', async () => {
    const violated = { judge: 'violated', violations: ['I1 651 rows'], coupons: 651, stock: 600, acceptedPerSecond: 77_777, p99Ms: 88_888 };
    const page = await open('english', [planted('V2', 'accept', violated), planted('V3', 'accept', { acceptedPerSecond: 2876 })]);

    expect(await page.locator('#accepted-accept').innerText()).toContain('✕ 651 of 600: 51 too many');
    expect(await report.text()).toContain('2,876');
    expect(await report.text()).not.toMatch(/77,777|88,888/);
  });

  it('lets the course of a violated result not be drawn', async () => {
    const of = (fields) => [planted('V5', 'drain', fields), planted('V4', 'drain', { storedPerSecond: 7 })];
    const wrong = of({ judge: 'violated', violations: ['I3 1 lost'] });
    await open('english', wrong, runsOf(wrong).map((run) => ({ ...run, judge: 'ok' })));

    expect(await report.page.locator('#stored .legend li').allInnerTexts()).toEqual([expect.stringContaining('V4')]);
  });

  it('is the headline where the product broke its promise', async () => {
    const page = await open('english', [
      planted('V6', 'accept', { acceptedPerSecond: 61_230 }),
      planted('V6', 'mixed', { judge: 'violated', violations: ['I3 one lost'] }),
    ]);

    expect(await page.locator('h1').innerText()).toBe('The product broke its promise in mixed.');
    expect(await report.text()).not.toContain('kept because they are wrong');
  });

  it('must have looked before anything is called right', async () => {
    const page = await open('english', [planted('V6', 'accept', { acceptedPerSecond: 61_230, judge: 'none' })]);

    expect(await page.locator('h1').innerText()).toBe('The product accepts 61,230 coupons a second.');
  });
});

it('says so where another is faster than the product', async () => {
  await open('english', [planted('V6', 'accept', { acceptedPerSecond: 1000 }), planted('V4', 'accept', { acceptedPerSecond: 4000 })]);

  expect(await report.text()).toContain('V4 is faster here: the product reaches 25% of its rate.');
});

it('draws courses, and links each figure to its runs', async () => {
  const results = [planted('V6', 'seed-600', { acceptedPerSecond: 600, coupons: 600, stock: 600 })];
  const page = await open('english', results, runsOf(results));

  expect(await page.locator('#remaining-seed-600 .legend li').innerText()).toContain('1.0 s');
  const coloured = await page.locator('#remaining-seed-600 canvas').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((_, i) => i % 4 === 3 && data[i] > 0).length;
  });
  expect(coloured).toBeGreaterThan(1000);
  await page.locator('#accepted-seed-600 summary').click();
  expect(await page.locator('#accepted-seed-600 details a').getAttribute('href')).toBe('runs/seed-600.V6.0.json');
});

it('keeps hostile text as text', async () => {
  const results = [
    planted(HOSTILE, 'accept', { acceptedPerSecond: 7 }),
    planted('V2', HOSTILE, { judge: 'violated', violations: [HOSTILE], variant: HOSTILE, commit: HOSTILE }),
  ];
  const page = await open('english', results, runsOf(results).map((run) => ({ ...run, file: 'a" onmouseover="alert(1).json' })));

  expect(await page.locator('img, [onmouseover], [onerror]').count()).toBe(0);
  expect(await report.text()).toContain('<img src=x onerror=alert(1)>');
});

it('changes language, colours and scale when asked', async () => {
  const page = await open('english', published);
  const bar = page.locator('#accepted-accept tr', { hasText: 'V4-virtual' }).locator('rect.bar');
  const linear = await bar.evaluate((b) => b.getBoundingClientRect().width);

  await page.locator('#accepted-accept').getByRole('button', { name: 'Logarithmic' }).click();
  expect(await bar.evaluate((b) => b.getBoundingClientRect().width)).toBeGreaterThan(linear * 2);
  await page.getByRole('button', { name: '한국어' }).click();
  expect(await page.locator('h1').innerText()).toContain(`초당 ${RATE}건을 접수`);
  await page.getByRole('button', { name: REPORT.ko.theme.label }).click();
  await page.getByRole('button', { name: REPORT.ko.theme.label }).click();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(11, 17, 16)');
});

it('shows a results.json that one chooses where it holds none itself, and refuses another file', async () => {
  const page = await open('english', null);
  const file = (text) => ({ name: 'results.json', mimeType: 'application/json', buffer: Buffer.from(text) });

  await page.getByLabel(REPORT.en.noData).setInputFiles(file('{"a": 1}'));
  expect(await page.getByRole('alert').innerText()).toContain(REPORT.en.notResults);
  await page.getByLabel(REPORT.en.noData).setInputFiles(file(JSON.stringify(published)));
  await page.locator('h1').waitFor();
  expect(await report.text()).toContain(RATE);
});

it('gives its results back', async () => {
  const page = await open('english', published);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: REPORT.en.save }).click()]);

  expect(download.suggestedFilename()).toBe('results.json');
});
