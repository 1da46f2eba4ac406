/** The tables of README and documents, in Markdown: `npm run tables` writes them between their two markers. */

import { count, type Language } from '../lib/format';
import { REPORT, type ReportTexts } from '../text/report';
import { figure, ms, seconds, share } from './numbers';
import { lost, shown } from './rates';
import { provenance, wrong, type Findings, type Result } from './results';
import { BARE_SERVER, drainsBy, labelOf, PRODUCT, variantOf, whatIs } from './targets';
import { judged, violation } from './violations';

const MARKED = /(<!-- bench:begin ([a-z ]+) -->\n)[^]*?(<!-- bench:end -->)/g;
const OVERVIEW = ['V1', 'V2', 'V3', 'V5', PRODUCT, BARE_SERVER];
/** Those with an end of their own; the others are stored as long as they are measured. */
const BURSTS = ['cold', 'fcfs-20k', 'fcfs-40k'];

/**
 * Puts the tables that a marker names after it, such as `bench:begin issuing draining`.
 *
 * @param folder of the results, as seen from the text
 * @throws where a marker names no table, or none is there
 */
export function withTables(text: string, findings: Findings, language: Language, folder: string): string {
  if (text.match(MARKED) === null) throw new Error('needs <!-- bench:begin … --> and, after it, <!-- bench:end -->');
  const t = REPORT[language];
  return text.replace(MARKED, (_, begin: string, names: string, end: string) => {
    const parts = names.split(' ').map((name) => {
      if (!(name in TABLES)) throw new Error(`there is no table ${name}`);
      return TABLES[name as keyof typeof TABLES](findings, t, folder, language);
    });
    return `${begin}${[source(findings, t, folder), ...parts].join('\n')}${end}`;
  });
}

const TABLES = {
  overview: (findings: Findings, t: ReportTexts, folder: string, language: Language) =>
    `![${t.markdown.picture}](${folder}/accepted.${language}.png)\n\n${issuing(findings, t, OVERVIEW)}`,
  issuing: (findings: Findings, t: ReportTexts) => issuing(findings, t, null),
  draining,
  moments,
};

function source(findings: Findings, t: ReportTexts, folder: string): string {
  const { commit, date, machine } = provenance(findings.results);
  const [c, d, m] = [commit, date, machine].map(plain) as [string, string, string];
  return `${t.markdown.measured(d, c, m)} [results.json](${folder}/results.json)\n`;
}

/** Text from a file as plain words: no markup, no cell border, no line end of it survives. */
function plain(text: string): string {
  const oneLine = text.replaceAll(/\s+/g, ' ').trim();
  const html = oneLine.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return html.replaceAll(/[\\`*_[\]|~]/g, '\\$&');
}

const row = (cells: string[]) => `| ${cells.join(' | ')} |\n`;

/** Empty without rows. */
function table(rule: string, heads: string[], rows: string[][]): string {
  return rows.length === 0 ? '' : row(heads) + `${rule}\n` + rows.map(row).join('');
}

function name(target: string): string {
  return target === PRODUCT ? `**${PRODUCT}**` : plain(labelOf(target));
}

function speed(rate: number | null, least: number | null, most: number | null, result: Result): string {
  if (rate === null) return '';
  return shown(rate, result) + (least === null || most === null ? '' : ` \\[${figure(least)}–${figure(most)}\\]`);
}

const accepted = (r: Result | undefined) => (r ? speed(r.acceptedPerSecond, r.acceptedMin, r.acceptedMax, r) : '');
const refused = (r: Result | undefined) => (r ? speed(r.refusedPerSecond, r.refusedMin, r.refusedMax, r) : '');
const percentiles = (r: Result | undefined) => (r?.p50Ms == null || r.p99Ms === null ? '' : `${ms(r.p50Ms)} / ${ms(r.p99Ms)}`);

/** The worst of them: what is violated is said with its experiment. */
function judgement(results: Result[], t: ReportTexts): string {
  const worst = results.find(wrong);
  if (worst) return `**✕ ${plain(violation(worst, t))}** (\`${worst.experiment}\`)`;
  const right = results.find((r) => r.judge === 'ok');
  return right ? judged(right, t) : '–';
}

/** Every way to issue: its count, its rates, the judge. */
function issuing(findings: Findings, t: ReportTexts, only: string[] | null): string {
  const targets = [...new Set(findings.results.filter((r) => ['seed-600', 'accept', 'sold-out'].includes(r.experiment)).map((r) => r.target))];
  const c = t.columns;
  return table(
    '|---|---|--:|--:|--:|--:|--:|---|',
    ['', c.what, t.markdown.couponsOfStock, c.accepted, t.markdown.percentiles, c.ceiling, c.refused, c.judge],
    targets
      .filter((target) => only === null || only.includes(target))
      .map((target) => {
        const [seed, accept, soldOut] = ['seed-600', 'accept', 'sold-out'].map((e) => findings.find(target, e));
        const coupons = seed?.coupons == null ? '' : count(seed.coupons);
        return [
          name(target),
          plain(whatIs(target, t)),
          coupons !== '' && wrong(seed!) ? `**✕ ${coupons}**` : coupons,
          accepted(accept),
          percentiles(accept),
          accept?.ceilingRatio == null ? '' : share(accept.ceilingRatio),
          refused(soldOut),
          judgement([seed, accept, soldOut].filter((r) => r !== undefined), t),
        ];
      }),
  );
}

/** Every way into the ledger: how fast, and what a kill loses. A target's speed and its loss are of different runs. */
function draining(findings: Findings, t: ReportTexts): string {
  const all = findings.of('drain');
  const targets = [...new Set(all.map((r) => r.target))];
  return table(
    '|---|---|--:|--:|---|',
    ['', t.columns.what, t.columns.stored, t.markdown.killLoses, t.columns.judge],
    targets.map((target) => {
      const results = all.filter((r) => r.target === target);
      const stored = results.find((r) => r.storedPerSecond !== null)?.storedPerSecond;
      const loss = lost(results.find((r) => r.lostByKill !== null));
      return [
        name(target),
        plain(drainsBy(target, t)),
        stored == null ? '' : figure(stored),
        loss.bad ? `**${loss.text}**` : loss.text,
        judgement(results, t),
      ];
    }),
  );
}

/** The product alone: the real moment, the public head-to-head, growth. */
function moments(findings: Findings, t: ReportTexts): string {
  const m = t.markdown;
  return table(
    '|---|---|--:|--:|--:|--:|---|',
    [m.product, m.happens, t.columns.accepted, m.percentiles, m.storedWithin, t.columns.errors, t.columns.judge],
    findings
      .of(...BURSTS, 'latency', 'scale', 'nodes', 'reads')
      .filter((r) => r.target === PRODUCT)
      .map((result) => [
        `\`${result.experiment}\``,
        plain([t.experiments[result.experiment], variantOf(result, t)].filter(Boolean).join(' · ')),
        accepted(result),
        percentiles(result),
        BURSTS.includes(result.experiment) && result.storedWithinMs !== null ? seconds(result.storedWithinMs / 1000) : '',
        count(result.errors),
        judgement([result], t),
      ]),
  );
}
