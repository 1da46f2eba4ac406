/** Figures of latency percentiles, accepted and refused apart. */

import type { ReportTexts } from '../text/report';
import type { Figure, Percentiles, Row } from './figure';
import { ms } from './numbers';
import { wrong, type Findings, type Result } from './results';
import { kindOf, labelOf, PRODUCT, variantOf, whatIs } from './targets';
import { violation } from './violations';

type Answer = 'accepted' | 'refused';

/** Medians over the runs; where no run is at hand, the two that the summary says. */
function percentiles(findings: Findings, result: Result, answer: Answer): Percentiles {
  if (wrong(result)) return [null, null, null, null];
  // In an experiment where nobody is accepted, the summary's percentiles are those of the refusals.
  const accepted = result.acceptedPerSecond !== null;
  const [p50, p99] =
    answer === 'refused' ? [result.refusedP50Ms, result.refusedP99Ms] : accepted ? [result.p50Ms, result.p99Ms] : [null, null];
  if (p50 === null || p99 === null) return [null, null, null, null];
  const of = (name: string) => findings.percentile(result, answer, name);
  return [p50, of('p90'), p99, of('p999')];
}

export function latencies(findings: Findings, experiment: string, reading: string, t: ReportTexts): Figure[] {
  const rows = (answer: Answer): Row[] =>
    findings.of(experiment).flatMap((result) => {
      const values = percentiles(findings, result, answer);
      if (values[0] === null && !(wrong(result) && answer === 'accepted')) return [];
      const number = (value: number | null | undefined) => ({ text: value == null ? '' : ms(value) });
      return {
        label: labelOf(result.target),
        what: variantOf(result, t) || whatIs(result.target, t),
        kind: kindOf(result.target),
        wrong: violation(result, t),
        percentiles: values,
        cells: [number(values[0]), number(values[2])],
      };
    });
  const groups = (['accepted', 'refused'] as const)
    .map((answer) => ({ title: t.sections.latency[answer], rows: rows(answer) }))
    .filter((group) => group.rows.some((r) => r.wrong === ''));
  if (groups.length === 0) return [];
  return [
    {
      id: `latency-${experiment}`,
      title: `${experiment} · ${t.experiments[experiment]}`,
      reading,
      heads: ['p50 ms', 'p99 ms'],
      groups,
      sources: findings.of(experiment).flatMap((r) => findings.runsOf(r)),
    },
  ];
}

/** The product's p99 of those accepted: open loop at half load before anything else. */
export function acceptedP99(findings: Findings): { value: number; open: boolean } | null {
  const half = findings.of('latency').find((r) => r.target === PRODUCT && r.variant?.startsWith('50'));
  const value = half?.p99Ms ?? findings.find(PRODUCT, 'accept')?.p99Ms ?? null;
  return value === null ? null : { value, open: half?.p99Ms != null };
}
