/** The figures' data: rows with a bar or with percentiles, and courses over time. */

import type { Run, Result } from './results';
import type { Kind } from './targets';

export interface Cell {
  text: string;
  /** Small and muted. */
  aside?: boolean;
  bad?: boolean;
}

export interface Bar {
  value: number;
  least: number | null;
  greatest: number | null;
}

/** Milliseconds of p50, p90, p99, p99.9. */
export type Percentiles = (number | null)[];

export interface Row {
  label: string;
  what: string;
  kind: Kind;
  /** What the judge holds against it; empty for a right one. */
  wrong: string;
  bar?: Bar | null;
  percentiles?: Percentiles;
  cells: Cell[];
}

export interface Group {
  title: string;
  rows: Row[];
}

export interface Figure {
  id: string;
  title: string;
  reading: string;
  heads: string[];
  groups: Group[];
  /** A line across all rows. */
  mark?: { value: number; label: string } | undefined;
  /** Whether the reader may choose a logarithmic axis; percentiles always have one. */
  scalable?: boolean;
  sources: Run[];
}

export interface Line {
  name: string;
  product: boolean;
  /** What it comes to, beside its name. */
  note: string;
  /** Seconds and values. */
  points: [number, number][];
}

export interface Course {
  id: string;
  title: string;
  reading: string;
  lines: Line[];
  /** Of a value, on the axis and beside a name. */
  unit: (value: number) => string;
  most: number;
  sources: Run[];
}

export interface Section {
  id: string;
  title: string;
  lead: string;
  figures: Figure[];
  courses: Course[];
}

/** Rows in groups of their targets' kinds; a kind without rows has none. */
export function grouped(results: Result[], kinds: Kind[], title: (kind: Kind) => string, row: (result: Result) => Row): Group[] {
  const rows = results.map(row);
  return kinds
    .map((kind) => ({ title: title(kind), rows: rows.filter((r) => r.kind === kind) }))
    .filter((group) => group.rows.length > 0);
}
