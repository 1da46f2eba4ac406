/** Figures over time: the stock as it falls, a backlog as it reaches the ledger. */

import { count } from '../lib/format';
import type { ReportTexts } from '../text/report';
import type { Course } from './figure';
import { seconds, share } from './numbers';
import { wrong, type Findings, type Point, type Rate, type Result } from './results';
import { drainsBy, labelOf, PRODUCT, whatIs } from './targets';

interface Wanted {
  value: 'remaining' | 'stored';
  rate: Rate;
  name: (result: Result) => string;
  note: (points: [number, number][]) => string;
  id: string;
  title: (most: number) => string;
  reading: string;
}

function points(series: Point[], value: Wanted['value']): [number, number][] {
  const all = series.flatMap((p): [number, number][] => (p[value] === null ? [] : [[p.t, p[value]]]));
  const soldOut = value === 'remaining' ? all.findIndex(([, v]) => v <= 0) : -1;
  return soldOut < 0 ? all : all.slice(0, soldOut + 1);
}

/** Of each right result the run whose rate is the median; as shares of each one's most where `shares`. */
function course(findings: Findings, results: Result[], wanted: Wanted, shares: boolean): Course[] {
  const drawn = results
    .filter((r) => !wrong(r))
    .flatMap((result) => {
      const run = findings.medianRun(result, wanted.rate);
      const all = points(run?.series ?? [], wanted.value);
      return run && all.length > 1 ? [{ result, run, all, top: Math.max(...all.map(([, v]) => v)) }] : [];
    })
    .filter(({ top }) => top > 0);
  if (drawn.length === 0) return [];
  const most = shares ? 1 : Math.max(...drawn.map(({ top }) => top));
  return [
    {
      id: wanted.id,
      title: wanted.title(most),
      reading: wanted.reading,
      lines: drawn.map(({ result, all, top }) => ({
        name: wanted.name(result),
        product: result.target === PRODUCT,
        note: wanted.note(all),
        points: shares ? all.map(([t, v]): [number, number] => [t, v / top]) : all,
      })),
      unit: shares ? share : count,
      most,
      sources: drawn.map(({ run }) => run),
    },
  ];
}

export function remaining(findings: Findings, experiments: string[], t: ReportTexts): Course[] {
  const several = experiments.length > 1;
  const wanted: Wanted = {
    value: 'remaining',
    rate: 'acceptedPerSecond',
    id: `remaining-${experiments[0]}`,
    title: (most) => t.sections.stock.figure(experiments.join(', '), count(most)),
    reading: t.sections.stock.reading,
    note: (all) => (all.at(-1)![1] <= 0 ? seconds(all.at(-1)![0]) : ''),
    name: (result) =>
      `${labelOf(result.target)} · ${several ? t.experiments[result.experiment] : whatIs(result.target, t)}`,
  };
  return course(findings, findings.of(...experiments), wanted, false);
}

export function stored(findings: Findings, t: ReportTexts): Course[] {
  const text = t.sections.drain;
  const wanted: Wanted = {
    value: 'stored',
    rate: 'storedPerSecond',
    id: 'stored',
    note: () => '',
    title: () => text.whole,
    reading: text.course,
    name: (result) => `${labelOf(result.target)} · ${drainsBy(result.target, t)}`,
  };
  const [whole, killed] = [false, true].map((kill) => findings.of('drain').filter((r) => (r.variant === 'kill') === kill));
  return [
    ...course(findings, whole!, wanted, true),
    ...course(findings, killed!, { ...wanted, id: 'stored-kill', title: () => text.killed }, true),
  ];
}

