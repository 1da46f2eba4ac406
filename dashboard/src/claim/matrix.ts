/** The QR code of a text as the path of an SVG. Loaded only by who has a code. */

import encodeQR from 'qr';

/** What a reader needs around a code to find it, in modules. */
const MARGIN = 4;

export interface Matrix {
  /** Length of the square's side, in modules, its margin included. */
  size: number;
  /** The dark modules. */
  path: string;
}

/** A coupon's code fits the smallest square but one at the highest correction: a quarter of it may be scratched. */
export function matrix(text: string): Matrix {
  const rows = encodeQR(text, 'raw', { ecc: 'high', border: MARGIN });
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { size: rows.length, path };
}
