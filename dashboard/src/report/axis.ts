/** Where a value stands on an axis, in per cent of its length, and where its ticks are. */

export interface Axis {
  at: (value: number) => number;
  ticks: number[];
}

/** Steps of 1, 2 or 5 times a power of ten, at most about five. */
export function linear(most: number): Axis {
  const rough = (most || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough)!;
  const ticks = Array.from({ length: Math.floor((most || 1) / step + 1e-9) + 1 }, (_, i) => i * step);
  return { at: (value) => (100 * value) / (most || 1), ticks };
}

/** Ticks at powers of ten; at 1, 2 and 5 of each where there is less than two of those. */
export function logarithmic(least: number, most: number): Axis {
  const from = Math.log10(least * 0.8);
  const to = Math.log10(Math.max(most, least) * 1.25);
  const powers = Array.from({ length: Math.ceil(to) - Math.floor(from) + 1 }, (_, i) => 10 ** (Math.floor(from) + i));
  const inside = (values: number[]) => values.filter((v) => v >= least * 0.8 && v <= most * 1.25);
  const ticks = inside(powers).length >= 2 ? inside(powers) : inside(powers.flatMap((p) => [p, 2 * p, 5 * p]));
  return { at: (value) => (100 * (Math.log10(value) - from)) / (to - from), ticks };
}
