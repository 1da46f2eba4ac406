/** What a bench found: `results.json`, and the runs behind it where they are at hand. */

import { orderOf } from './targets';

export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  os: string;
  java: string;
}

type Figure = number | null;

/** One entry of `results.json`. Null: not measured. */
export interface Result {
  target: string;
  experiment: string;
  variant: string | null;
  acceptedPerSecond: Figure;
  acceptedMin: Figure;
  acceptedMax: Figure;
  refusedPerSecond: Figure;
  refusedMin: Figure;
  refusedMax: Figure;
  storedPerSecond: Figure;
  ceilingRatio: Figure;
  p50Ms: Figure;
  p99Ms: Figure;
  refusedP50Ms: Figure;
  refusedP99Ms: Figure;
  redisCommandsPerRequest: Figure;
  redisRoundTripsPerRequest: Figure;
  storedWithinMs: Figure;
  judge: 'ok' | 'violated' | 'none';
  violations: string[];
  runs: number;
  lostByKill: Figure;
  coupons: Figure;
  stock: Figure;
  errors: number;
  bottleneck: string | null;
  commit: string;
  startedAt: string;
  machine: Machine;
}

/** How far a run was, in seconds from its first request. */
export interface Point {
  t: number;
  remaining: Figure;
  stored: Figure;
}

export type Rate = 'acceptedPerSecond' | 'refusedPerSecond' | 'storedPerSecond';

/** One file below `runs/`. */
export interface Run extends Pick<Result, 'target' | 'experiment' | 'variant' | 'judge' | 'commit' | 'startedAt' | Rate> {
  file: string;
  run: number;
  latencyMs: { accepted?: Record<string, number>; refused?: Record<string, number> };
  series: Point[];
}

export const wrong = (result: Result) => result.judge === 'violated' || result.violations.length > 0;

const SPEEDS = [
  'acceptedPerSecond',
  'acceptedMin',
  'acceptedMax',
  'refusedPerSecond',
  'refusedMin',
  'refusedMax',
  'storedPerSecond',
  'ceilingRatio',
  'p50Ms',
  'p99Ms',
  'refusedP50Ms',
  'refusedP99Ms',
] as const;

/** Whatever speeds a violated one may carry are dropped here, once for all readers. */
function withoutSpeeds(result: Result): Result {
  return wrong(result) ? { ...result, ...Object.fromEntries(SPEEDS.map((speed) => [speed, null])) } : result;
}

export class Findings {
  readonly results: Result[];

  constructor(
    results: Result[],
    readonly runs: Run[] = [],
  ) {
    this.results = results.map(withoutSpeeds).sort((a, b) => orderOf(a.target) - orderOf(b.target));
  }

  /** Of the experiments, in the order in which targets are shown. */
  of(...experiments: string[]): Result[] {
    return experiments.flatMap((name) => this.results.filter((r) => r.experiment === name));
  }

  find(target: string, experiment: string): Result | undefined {
    return this.of(experiment).find((r) => r.target === target);
  }

  runsOf(result: Result): Run[] {
    return this.runs
      .filter((r) => r.target === result.target && r.experiment === result.experiment && r.variant === result.variant)
      .sort((a, b) => a.run - b.run);
  }

  /** The run whose rate is the median of those that have one, else the first that was right. */
  medianRun(result: Result, rate: Rate): Run | undefined {
    const right = this.runsOf(result).filter((r) => r.judge !== 'violated');
    const measured = right.filter((r) => r[rate] !== null).sort((a, b) => Number(a[rate]) - Number(b[rate]));
    return measured[Math.floor((measured.length - 1) / 2)] ?? right[0];
  }

  /** The median of a percentile over the runs of a result; null where no run holds it. */
  percentile(result: Result, answer: 'accepted' | 'refused', name: string): Figure {
    const values = this.runsOf(result)
      .map((r) => r.latencyMs[answer]?.[name])
      .filter((v) => v !== undefined)
      .sort((a, b) => a - b);
    const middle = Math.floor(values.length / 2);
    if (values.length === 0) return null;
    return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
  }
}

/** Of a page's data, which is null in a page without any. */
export function read(json: string): Findings | null {
  const data = JSON.parse(json) as { results: Result[]; runs: Run[] } | null;
  return data && new Findings(data.results, data.runs);
}

/** Of a `results.json` alone; null where it is none. */
export function parse(json: string): Findings | null {
  try {
    const results = JSON.parse(json) as Result[];
    return results.every((r) => typeof r.commit === 'string' && Array.isArray(r.violations)) ? new Findings(results) : null;
  } catch {
    return null;
  }
}

const each = (facts: string[]) => [...new Set(facts)].sort().join(' / ');

/** Commits, dates and machines, each named once. */
export function provenance(results: Result[]): { commit: string; date: string; machine: string } {
  return {
    commit: each(results.map((r) => r.commit)),
    date: each(results.map((r) => r.startedAt.slice(0, 10))),
    machine: each(
      results.map(({ machine: m }) => `${m.cpu}, ${m.cores} cores, ${m.memoryGiB} GiB, ${m.os}, Java ${m.java}`),
    ),
  };
}
