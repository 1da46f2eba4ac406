import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withTables } from '../src/report/markdown';
import { Findings } from '../src/report/results';
import { FOLDER, planted, published, ROOT } from './published';

const TEXTS = [
  ['README.md', 'en', FOLDER],
  ['README.ko.md', 'ko', FOLDER],
  ['docs/benchmark.md', 'en', FOLDER.replace('docs/', '')],
];

it.each(TEXTS)('%s holds the tables of the published results', (name, language, folder) => {
  const text = readFileSync(ROOT + name, 'utf8');
  const made = withTables(text, new Findings(published), language, folder);
  if (process.env.TABLES === 'write') writeFileSync(ROOT + name, made);
  else expect(text, 'next: cd dashboard && npm run tables').toBe(made);
});

describe('a table', () => {
  const ALL = '<!-- bench:begin overview issuing draining moments -->\n<!-- bench:end -->\n';
  const of = (results, text = ALL, language = 'en') => withTables(text, new Findings(results), language, 'docs/bench');

  it('replaces what stands between the markers and nothing else', () => {
    const made = of(published, 'above\n<!-- bench:begin issuing -->\nstale\n<!-- bench:end -->\nbelow\n');
    expect(made).toMatch(/^above\n<!-- bench:begin issuing -->\nMeasured on [^]*\n<!-- bench:end -->\nbelow\n$/);
    expect(made).not.toContain('stale');
  });

  it('is the same when it is made again', () => {
    expect(of(published, of(published))).toBe(of(published));
  });

  it('has as many cells in every row as in its head', () => {
    const rows = of(published).split('\n').filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows) expect([8, 5, 7], row).toContain(row.split(/(?<!\\)\|/).length - 2);
  });

  it('lets an oversell and a loss stand out, and shows no speed of theirs', () => {
    const made = of([
      planted('V2', 'seed-600', { judge: 'violated', violations: ['I1 651 rows'], coupons: 651, stock: 600 }),
      planted('V2', 'accept', { judge: 'violated', violations: ['I1 x'], acceptedPerSecond: 77_777 }),
      planted('drain-4', 'drain', { lostByKill: 9742, variant: 'kill' }),
      planted('V6', 'drain', { lostByKill: 0, variant: 'kill' }),
    ]);
    expect(made).toContain('**✕ 651** |');
    expect(made).toContain('**✕ 651 of 600: 51 too many** (`seed-600`)');
    expect(made).toContain('**✕ 9,742**');
    expect(made).toContain('| ✓ 0 |');
    expect(made).not.toContain('77,777');
  });

  it('is Korean for a Korean text', () => {
    const oversold = planted('V2', 'seed-600', { judge: 'violated', violations: ['I1 x'], coupons: 651, stock: 600 });
    expect(of([oversold], ALL, 'ko')).toContain('수량 600장에 651장 발급: 51장 초과');
    expect(of([oversold], ALL, 'ko')).not.toContain('accepted/s');
  });

  it('lets no name out of its cell', () => {
    const made = of([planted('a|b`<img>\n**c**', 'accept', { acceptedPerSecond: 7, judge: 'none' })]);
    expect(made).toContain('| a\\|b\\`&lt;img&gt; \\*\\*c\\*\\* |');
  });

  it('is missed where there is no marker, or a marker that names none', () => {
    expect(() => of(published, 'words')).toThrow('bench:begin');
    expect(() => of(published, '<!-- bench:begin nothing -->\n<!-- bench:end -->')).toThrow('there is no table nothing');
  });
});
