import { describe, expect, it } from 'vitest';
import { append, KEPT_SECONDS, occurring, peak, stacked, type Sample } from '../src/dashboard/history';

const sample = (second: number, more: Partial<Sample> = {}): Sample => ({
  second,
  perSecond: {},
  p50: 1,
  p95: 2,
  p99: 3,
  backlog: 0,
  drained: 0,
  ...more,
});
const seconds = (samples: Sample[]) => samples.map((s) => s.second);

describe('the samples', () => {
  it('are one a second, the newest of each', () => {
    const twice = append(append([], sample(10, { p50: 1 })), sample(10, { p50: 9 }));
    expect(twice.map((s) => s.p50)).toEqual([9]);
  });

  it('forget what is too old', () => {
    let samples: Sample[] = [];
    for (let s = 0; s < KEPT_SECONDS * 2; s++) samples = append(samples, sample(s));
    expect(samples).toHaveLength(KEPT_SECONDS);
    expect(samples[0]?.second).toBe(KEPT_SECONDS);
  });

  it('show a hole where news was missing, and none where one tick was', () => {
    const samples = append(append(append([], sample(10)), sample(12)), sample(30));
    expect(seconds(samples)).toEqual([10, 12, 13, 30]);
    expect(samples[2]?.p50).toBeNull();
  });

  it('begin anew when the server’s clock was set back', () => {
    expect(seconds(append(append([], sample(100)), sample(50)))).toEqual([50]);
  });

  it('are stacked in one order, only what occurred', () => {
    const samples = [sample(1, { perSecond: { SOLD_OUT: 5, ACCEPTED: 2 } }), sample(2, { perSecond: { ERROR: 1 } })];
    const outcomes = occurring(samples);
    expect(outcomes).toEqual(['ACCEPTED', 'SOLD_OUT', 'ERROR']);
    expect(stacked(samples, outcomes)).toEqual([
      [2, 0],
      [7, 0],
      [7, 1],
    ]);
  });

  it('have a peak, or none', () => {
    expect(peak([sample(1, { p99: 4 }), sample(2, { p99: 9 }), sample(3, { p99: null })], (s) => s.p99)).toBe(9);
    expect(peak([sample(1, { p99: null })], (s) => s.p99)).toBeNull();
  });
});
