/** Figures of bars: coupons issued, accepted and refused a second, growth, draining, Redis' commands, others' figures. */

import { count } from '../lib/format';
import type { ReportTexts } from '../text/report';
import { grouped, type Cell, type Figure, type Row } from './figure';
import { axisMs, figure, ms, share } from './numbers';
import { OTHERS } from './others';
import { wrong, type Findings, type Rate, type Result } from './results';
import { BARE_SERVER, drainsBy, kindOf, KINDS, labelOf, PRODUCT, variantOf, whatIs } from './targets';
import { judged, tooMany, violation } from './violations';

const sources = (findings: Findings, results: Result[]) => results.flatMap((r) => findings.runsOf(r));

/** A rate, with a sign where the generator and not the target was the limit. */
export function shown(value: number, result: Result): string {
  return (result.bottleneck === 'generator' ? '≥ ' : '') + figure(value);
}

function row(result: Result, t: ReportTexts, more: Partial<Row> & { cells: Cell[] }): Row {
  return {
    label: labelOf(result.target),
    what: whatIs(result.target, t),
    kind: kindOf(result.target),
    wrong: violation(result, t),
    ...more,
  };
}

const titled = (experiment: string, t: ReportTexts) => `${experiment} · ${t.experiments[experiment]}`;

export function counts(findings: Findings, experiment: string, t: ReportTexts): Figure[] {
  const counted = findings.of(experiment).filter((r) => r.coupons !== null);
  const stock = counted.find((r) => r.stock !== null)?.stock;
  if (!stock) return [];
  const text = t.sections.count;
  return [
    {
      id: `count-${experiment}`,
      title: text.figure(count(stock)),
      reading: text.reading,
      heads: [t.columns.coupons, t.columns.judge],
      mark: { value: stock, label: text.mark(count(stock)) },
      groups: grouped(counted, KINDS, (kind) => t.kinds[kind], (result) =>
        row(result, t, {
          bar: { value: result.coupons!, least: null, greatest: null },
          cells: [
            { text: count(result.coupons!) },
            tooMany(result) > 0
              ? { text: `✕ +${count(tooMany(result))}`, bad: true }
              : { text: judged(result, t), aside: true, bad: wrong(result) },
          ],
        }),
      ),
      sources: sources(findings, counted),
    },
  ];
}

const RANGES = {
  acceptedPerSecond: ['acceptedMin', 'acceptedMax'],
  refusedPerSecond: ['refusedMin', 'refusedMax'],
} as const;

function rateRow(result: Result, rate: keyof typeof RANGES, t: ReportTexts, last: string | null): Row {
  const value = result[rate];
  const [least, greatest] = RANGES[rate].map((end) => result[end]);
  const spread = least != null && greatest != null ? `${figure(least)}–${figure(greatest)}` : '';
  return row(result, t, {
    bar: value === null ? null : { value, least: least ?? null, greatest: greatest ?? null },
    cells: [
      wrong(result) ? { text: t.columns.noSpeed, bad: true } : { text: shown(value ?? 0, result) },
      { text: spread, aside: true },
      ...(last === null ? [] : [{ text: last, aside: true }]),
    ],
  });
}

/** Those with a rate, and the violated ones in place of a rate; none when nobody has one. */
function measured(findings: Findings, experiment: string, rate: Rate): Result[] {
  const all = findings.of(experiment).filter((r) => wrong(r) || r[rate] !== null);
  return all.some((r) => r[rate] !== null) ? all : [];
}

export function rates(findings: Findings, experiment: string, rate: keyof typeof RANGES, t: ReportTexts): Figure[] {
  const all = measured(findings, experiment, rate);
  if (all.length === 0) return [];
  // results.json holds one ratio: that of accepting where anybody is accepted.
  const own = rate === 'acceptedPerSecond' || all.every((r) => r.acceptedPerSecond === null);
  const ratios = own && all.some((r) => r.ceilingRatio !== null);
  const bare = all.find((r) => r.target === BARE_SERVER);
  return [
    {
      id: `${rate === 'acceptedPerSecond' ? 'accepted' : 'refused'}-${experiment}`,
      title: titled(experiment, t),
      reading: t.median,
      heads: [
        rate === 'acceptedPerSecond' ? t.columns.accepted : t.columns.refused,
        t.columns.range,
        ...(ratios ? [t.columns.ceiling] : []),
      ],
      mark: bare && { value: bare[rate]!, label: t.bareServer(shown(bare[rate]!, bare)) },
      groups: grouped(all, KINDS, (kind) => t.kinds[kind], (result) =>
        rateRow(result, rate, t, ratios ? (result.ceilingRatio === null ? '' : share(result.ceilingRatio)) : null),
      ),
      scalable: true,
      sources: sources(findings, all),
    },
  ];
}

/** One bar a variant: what accepting costs as something grows. */
export function variants(findings: Findings, experiment: string, t: ReportTexts): Figure[] {
  const all = measured(findings, experiment, 'acceptedPerSecond');
  if (all.length === 0) return [];
  const rows = all.map((result) => ({
    ...rateRow(result, 'acceptedPerSecond', t, result.p99Ms === null ? '' : `${ms(result.p99Ms)} ms`),
    what: variantOf(result, t),
  }));
  return [
    {
      id: experiment,
      title: titled(experiment, t),
      reading: t.median,
      heads: [t.columns.accepted, t.columns.range, 'p99'],
      groups: [{ title: '', rows }],
      sources: sources(findings, all),
    },
  ];
}

/** What a kill lost: right only when it is nothing. */
export function lost(result: Result | undefined): Cell {
  const n = result?.lostByKill ?? null;
  return n === null ? { text: '' } : { text: `${n > 0 ? '✕' : '✓'} ${count(n)}`, bad: n > 0, aside: n === 0 };
}

/** A target's speed and its loss are of different runs. */
export function drains(findings: Findings, t: ReportTexts): Figure[] {
  const all = findings.of('drain');
  const whole = all.filter((r) => r.variant !== 'kill');
  if (whole.length === 0) return [];
  return [
    {
      id: 'drain',
      title: t.sections.drain.rates,
      reading: '',
      heads: [t.columns.stored, t.columns.killLoses],
      groups: grouped(whole, KINDS, (kind) => t.kinds[kind], (result) =>
        row(result, t, {
          what: drainsBy(result.target, t),
          bar: result.storedPerSecond === null ? null : { value: result.storedPerSecond, least: null, greatest: null },
          cells: [
            wrong(result) ? { text: t.columns.noSpeed, bad: true } : { text: figure(result.storedPerSecond ?? 0) },
            lost(all.find((r) => r.target === result.target && r.lostByKill !== null)),
          ],
        }),
      ),
      scalable: true,
      sources: sources(findings, all),
    },
  ];
}

export function redis(findings: Findings, experiment: string, t: ReportTexts): Figure[] {
  const asked = findings.of(experiment).filter((r) => r.redisCommandsPerRequest !== null);
  if (asked.length === 0) return [];
  return [
    {
      id: `redis-${experiment}`,
      title: t.sections.redis.figure(experiment),
      reading: t.sections.redis.reading,
      heads: [t.columns.commands, t.columns.trips],
      groups: grouped(asked, KINDS, (kind) => t.kinds[kind], (result) =>
        row(result, t, {
          bar: { value: result.redisCommandsPerRequest!, least: null, greatest: null },
          cells: [
            { text: figure(result.redisCommandsPerRequest!) },
            { text: result.redisRoundTripsPerRequest === null ? '' : figure(result.redisRoundTripsPerRequest), aside: true },
          ],
        }),
      ),
      sources: sources(findings, asked),
    },
  ];
}

/** The public case several projects publish, ours beside theirs. */
export function others(findings: Findings, t: ReportTexts): Figure[] {
  const ours = findings.of('fcfs-20k', 'fcfs-40k').filter((r) => !wrong(r) && r.storedWithinMs && r.coupons !== null);
  if (!ours.some((r) => r.target === PRODUCT)) return [];
  const text = t.sections.others;
  const bar = (value: number) => ({ value, least: null, greatest: null });
  return [
    {
      id: 'others',
      title: text.figure,
      reading: text.reading,
      heads: [t.columns.stored, 'p99'],
      groups: [
        {
          title: text.ours,
          rows: ours.map((result) => {
            const stored = (result.coupons! * 1000) / result.storedWithinMs!;
            return row(result, t, {
              what: t.experiments[result.experiment] ?? '',
              bar: bar(stored),
              cells: [{ text: figure(stored) }, { text: result.p99Ms === null ? '' : axisMs(Math.round(result.p99Ms)), aside: true }],
            });
          }),
        },
        {
          title: text.theirs,
          rows: OTHERS.map((one) => ({
            label: one.name,
            what: [one.users ? text.users(count(one.users)) : '', one.machine(text.cores)].filter(Boolean).join(' · '),
            kind: 'other' as const,
            wrong: '',
            bar: bar(one.storedPerSecond),
            cells: [{ text: figure(one.storedPerSecond) }, { text: one.percentile, aside: true }],
          })),
        },
      ],
      sources: sources(findings, ours),
    },
  ];
}
