/** The last ten minutes of snapshots, one a second, as the charts draw them. */

import { OUTCOMES, type Outcome, type Snapshot } from '../lib/types';

export const KEPT_SECONDS = 600;
/** Longer than this between two snapshots is a hole that no line may bridge. */
const HOLE_SECONDS = 3;

export type Counts = Partial<Record<Outcome, number>>;

export interface Sample {
  second: number;
  perSecond: Counts;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  backlog: number | null;
  drained: number | null;
}

export function sampleOf(snapshot: Snapshot): Sample {
  return {
    second: Math.round(Date.parse(snapshot.at) / 1000),
    perSecond: snapshot.requests.perSecond,
    p50: snapshot.requests.p50Ms,
    p95: snapshot.requests.p95Ms,
    p99: snapshot.requests.p99Ms,
    backlog: snapshot.campaigns.reduce((sum, c) => sum + c.backlog, 0),
    drained: snapshot.drain.rowsPerSecond,
  };
}

const hole = (second: number): Sample => ({
  second,
  perSecond: {},
  p50: null,
  p95: null,
  p99: null,
  backlog: null,
  drained: null,
});

/** A new list with the sample at its end: one a second, bounded, a hole marked where news was missing. */
export function append(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  // The server's clock was set back: what is drawn must go from left to right.
  if (last && sample.second < last.second) return [sample];
  const kept = samples.filter((s) => s.second > sample.second - KEPT_SECONDS && s.second !== sample.second);
  if (last && sample.second - last.second > HOLE_SECONDS) kept.push(hole(last.second + 1));
  kept.push(sample);
  return kept;
}

/** Outcomes that occurred in these samples, in the order they are stacked; acceptance always. */
export function occurring(samples: readonly Sample[]): Outcome[] {
  return OUTCOMES.filter((o) => o === 'ACCEPTED' || samples.some((s) => (s.perSecond[o] ?? 0) > 0));
}

/** Each row is the sum of itself and those before it, so that the bars can be drawn over one another. */
export function stacked(samples: readonly Sample[], outcomes: readonly Outcome[]): number[][] {
  const sums = samples.map(() => 0);
  return outcomes.map((o) => samples.map((s, i) => (sums[i] = (sums[i] ?? 0) + (s.perSecond[o] ?? 0))));
}

export function total(counts: Counts): number {
  return OUTCOMES.reduce((sum, o) => sum + (counts[o] ?? 0), 0);
}

/** The highest value in these samples; null where there is none. */
export function peak(samples: readonly Sample[], value: (sample: Sample) => number | null): number | null {
  return samples.reduce<number | null>((most, s) => {
    const v = value(s);
    return v !== null && (most === null || v > most) ? v : most;
  }, null);
}
