/** What is measured: its label, its kind, and its place in every figure. */

import { short } from '../lib/format';
import type { ReportTexts } from '../text/report';
import type { Result } from './results';

export type Kind = 'strategy' | 'drain' | 'product' | 'ceiling' | 'other';

export const PRODUCT = 'V6';
export const BARE_SERVER = 'ceiling-netty';
export const KINDS: Kind[] = ['strategy', 'drain', 'product', 'ceiling', 'other'];

const CEILINGS: Record<string, string> = {
  [BARE_SERVER]: 'Bare Netty',
  'ceiling-redis-single': 'Redis',
  'ceiling-redis-grouped': 'Redis',
  'ceiling-unnest': 'PostgreSQL',
  'ceiling-copy': 'PostgreSQL',
  'ceiling-copy-regex': 'PostgreSQL',
};
const STRATEGIES = ['V1', 'V2', 'V3', 'V3-reactive', 'V4', 'V4-virtual', 'V4-reactive', 'V5'];
const DRAINS = ['drain-1', 'drain-2', 'drain-3', 'drain-4'];
const ORDER = [...STRATEGIES, ...DRAINS, PRODUCT, ...Object.keys(CEILINGS)];

/** An unknown target comes last. */
export function orderOf(target: string): number {
  const at = ORDER.indexOf(target);
  return at < 0 ? ORDER.length : at;
}

export function kindOf(target: string): Kind {
  if (target === PRODUCT) return 'product';
  if (target in CEILINGS) return 'ceiling';
  if (DRAINS.includes(target)) return 'drain';
  return STRATEGIES.includes(target) ? 'strategy' : 'other';
}

export function labelOf(target: string): string {
  return CEILINGS[target] ?? (DRAINS.includes(target) ? target.replace('-', ' ') : target);
}

export function whatIs(target: string, t: ReportTexts): string {
  return t.targets[target] ?? '';
}

/** How it moves what it accepted into the ledger; a drain's description says so already. */
export function drainsBy(target: string, t: ReportTexts): string {
  if (target === PRODUCT) return t.drainsBy.product;
  if (target === 'V5') return t.drainsBy.V5;
  return kindOf(target) === 'strategy' ? t.drainsBy.others : whatIs(target, t);
}

export function variantOf({ experiment, variant }: Result, t: ReportTexts): string {
  if (variant === null) return '';
  if (variant === 'kill' || variant === 'alone' || variant === 'beside views' || variant === 'beside lists') {
    return t.variant[variant];
  }
  if (/^\d{1,3} ?%$/.test(variant)) return t.variant.peak(variant);
  if (/^\d+ nodes?$/.test(variant)) return t.variant.nodes(variant.split(' ')[0]!);
  return experiment === 'scale' && /^\d{1,12}$/.test(variant) ? t.variant.issued(short(Number(variant))) : variant;
}

/** Label and description in one, with the variant where there is one. */
export function nameOf(result: Result, t: ReportTexts): string {
  const what = kindOf(result.target) === 'ceiling' ? whatIs(result.target, t) : '';
  return [labelOf(result.target), what, variantOf(result, t)].filter((part) => part !== '').join(' · ');
}
