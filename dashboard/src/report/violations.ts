/** What the judge holds against a result. */

import { count } from '../lib/format';
import type { ReportTexts } from '../text/report';
import { wrong, type Result } from './results';

/** Coupons beyond the stock, 0 where there are none or it is not known. */
export function tooMany({ coupons, stock }: Result): number {
  return coupons === null || stock === null ? 0 : Math.max(0, coupons - stock);
}

/** In a few words: the coupons too many, else what the first violation amounts to; empty for a right one. */
export function violation(result: Result, t: ReportTexts): string {
  if (!wrong(result)) return '';
  const more = tooMany(result);
  if (more > 0) return t.violation.tooMany(count(result.coupons!), count(result.stock!), count(more));
  const first = result.violations[0] ?? '';
  const promise = /^I[1-7]\b/.exec(first)?.[0] as `I${1 | 2 | 3 | 4 | 5 | 6 | 7}` | undefined;
  return promise ? t.violation[promise] : first.slice(0, 40) || t.violation.any;
}

/** The coupons too many, and of each broken promise the first that the judge wrote. */
export function allViolations(result: Result, t: ReportTexts): string {
  const first = new Map<string, string>();
  for (const one of result.violations) if (!first.has(one.split(' ')[0]!)) first.set(one.split(' ')[0]!, one);
  const written = [...first.values()].join('; ');
  return tooMany(result) > 0 || written === '' ? [violation(result, t), written].filter(Boolean).join(' · ') : written;
}

/** The judge's word with its sign. */
export function judged(result: Result, t: ReportTexts): string {
  if (wrong(result)) return `✕ ${t.judge.violated}`;
  return result.judge === 'ok' ? `✓ ${t.judge.ok}` : '–';
}
