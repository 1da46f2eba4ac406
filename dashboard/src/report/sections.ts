/** The page's sections in order; one without any figure is left out. */

import type { ReportTexts } from '../text/report';
import { remaining, stored } from './courses';
import type { Course, Figure, Section } from './figure';
import { latencies } from './latencies';
import { counts, drains, others, rates, redis, variants } from './rates';
import type { Findings } from './results';

export function sections(findings: Findings, t: ReportTexts): Section[] {
  const of = (id: keyof ReportTexts['sections'], figures: Figure[][], courses: Course[][] = []): Section => ({
    id,
    title: t.sections[id].title,
    lead: t.sections[id].lead,
    figures: figures.flat(),
    courses: courses.flat(),
  });
  const { open, full } = t.sections.latency;
  return [
    of('count', [counts(findings, 'seed-600', t)]),
    of('accepting', ['accept', 'accept-held', 'mixed', 'seed-600'].map((e) => rates(findings, e, 'acceptedPerSecond', t))),
    of('refusing', ['sold-out', 'mixed'].map((e) => rates(findings, e, 'refusedPerSecond', t))),
    of('latency', [
      latencies(findings, 'latency', open, t),
      latencies(findings, 'cold', open, t),
      latencies(findings, 'reads', open, t),
      latencies(findings, 'accept', full, t),
      latencies(findings, 'sold-out', full, t),
    ]),
    of('stock', [], [remaining(findings, ['seed-600'], t), remaining(findings, ['fcfs-20k', 'fcfs-40k'], t)]),
    of('drain', [drains(findings, t)], [stored(findings, t)]),
    of('growth', ['scale', 'nodes'].map((e) => variants(findings, e, t))),
    of('others', [others(findings, t)]),
    of('redis', ['accept', 'sold-out'].map((e) => redis(findings, e, t))),
  ].filter((s) => s.figures.length + s.courses.length > 0);
}
