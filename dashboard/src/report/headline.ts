/** What a reader should know after five seconds: one sentence, one more, and the figures behind them. */

import { count } from '../lib/format';
import type { ReportTexts, Sentence } from '../text/report';
import { acceptedP99 } from './latencies';
import { figure, ms, share, times } from './numbers';
import { shown } from './rates';
import { wrong, type Findings, type Result } from './results';
import { kindOf, labelOf, PRODUCT } from './targets';
import { tooMany, violation } from './violations';

export interface Headline {
  wrong: boolean;
  sentence: Sentence;
  detail: string;
}

export interface Tile {
  name: string;
  value: string;
  unit: string;
  under: string;
  bad: boolean;
}

const greatest = (results: Result[], value: (r: Result) => number) =>
  results.filter((r) => value(r) > 0).sort((a, b) => value(b) - value(a))[0];

export function headline(findings: Findings, t: ReportTexts): Headline {
  const own = findings.results.filter((r) => r.target === PRODUCT);
  const broken = own.find(wrong);
  if (broken) return { wrong: true, sentence: t.headline.broken(broken.experiment), detail: violation(broken, t) };
  const accept = findings.find(PRODUCT, 'accept');
  if (!accept?.acceptedPerSecond) return { wrong: false, sentence: t.headline.unmeasured, detail: t.headline.noRate };
  const rate = figure(accept.acceptedPerSecond);
  // Only what a judge has looked at may be called right.
  const right = own.every((r) => r.judge === 'ok');
  return {
    wrong: false,
    sentence: right ? t.headline.right(rate) : t.headline.unjudged(rate),
    detail: [besideOthers(findings, accept.acceptedPerSecond, t), accept.ceilingRatio ? t.headline.ceiling(share(accept.ceilingRatio)) : '']
      .filter(Boolean)
      .join(' '),
  };
}

function besideOthers(findings: Findings, rate: number, t: ReportTexts): string {
  const strategies = findings.of('accept').filter((r) => kindOf(r.target) === 'strategy');
  const next = greatest(strategies, (r) => r.acceptedPerSecond ?? 0);
  if (!next) return '';
  const ratio = rate / next.acceptedPerSecond!;
  const name = labelOf(next.target);
  return ratio >= 1 ? t.headline.faster(times(ratio), name) : t.headline.slower(share(ratio), name);
}

/** Each is left out where it was not measured. */
export function tiles(findings: Findings, t: ReportTexts): Tile[] {
  const text = t.tiles;
  const all: Tile[] = [];
  const add = (name: string, value: string, unit: string, under: string, bad = false) =>
    all.push({ name, value, unit, under, bad });

  const accept = findings.find(PRODUCT, 'accept');
  if (accept?.acceptedPerSecond) {
    const range = accept.acceptedMin === null ? '' : text.range(figure(accept.acceptedMin), figure(accept.acceptedMax!));
    const median = accept.runs > 1 ? text.median(count(accept.runs)) : '';
    add(text.accepted, shown(accept.acceptedPerSecond, accept), text.perSecond, [range, median].filter(Boolean).join(', '));
  }
  const soldOut = findings.find(PRODUCT, 'sold-out');
  if (soldOut?.refusedPerSecond) {
    add(text.refused, shown(soldOut.refusedPerSecond, soldOut), text.perSecond, text.refusedUnder);
  }
  const p99 = acceptedP99(findings);
  if (p99) add(text.p99, ms(p99.value), text.milliseconds, p99.open ? text.p99Open : text.p99Full);
  const killed = findings.of('drain').filter((r) => r.lostByKill !== null);
  const own = killed.find((r) => r.target === PRODUCT);
  if (own) {
    const worst = greatest(killed.filter((r) => r !== own), (r) => r.lostByKill ?? 0);
    const under = worst ? text.loses(labelOf(worst.target), count(worst.lostByKill!)) : '';
    add(text.lost, count(own.lostByKill!), text.coupons, under, own.lostByKill! > 0);
  }
  const oversold = greatest(findings.results, tooMany);
  if (oversold) {
    const name = text.oversells(labelOf(oversold.target));
    add(name, `✕ ${count(oversold.coupons!)}`, text.of(count(oversold.stock!)), text.tooMany(count(tooMany(oversold))), true);
  }
  const violated = findings.results.filter(wrong).length;
  const right = findings.results.filter((r) => !wrong(r) && r.judge === 'ok').length;
  if (right + violated > 0) {
    const under = violated === 0 ? text.noViolation : text.violated(count(violated));
    add(text.judged, `✓ ${count(right)}`, text.of(count(right + violated)), under);
  }
  return all;
}
