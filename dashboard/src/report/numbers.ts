/** Figures as text: three digits that mean something, thousands apart, the same in both languages. */

import { count } from '../lib/format';

/** A rate or a cost: 61,230 or 846 or 12.5 or 1.25. */
export function figure(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return count(value);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 3);
}

/** Milliseconds without their unit: 0.42 or 4.2 or 84 or 1,368. */
export function ms(value: number): string {
  return value >= 10 ? count(value) : value.toFixed(value >= 1 ? 1 : 2);
}

/** A share of one in per cent: 48% or 4.2% or 0.07%. */
export function share(ratio: number): string {
  const percent = ratio * 100;
  if (percent === 0) return '0%';
  return `${percent.toFixed(percent >= 10 ? 0 : percent >= 1 ? 1 : 2)}%`;
}

/** How many times as much: 19 or 2.4 or 1.08. */
export function times(ratio: number): string {
  return ratio >= 10 ? count(ratio) : ratio.toFixed(ratio >= 1.5 ? 1 : 2);
}

export function seconds(value: number): string {
  return `${value >= 10 ? count(value) : value.toFixed(1)} s`;
}

/** On an axis of milliseconds: 10 ms or 1 s. */
export function axisMs(value: number): string {
  return value >= 1000 ? `${figure(value / 1000)} s` : `${figure(value)} ms`;
}
