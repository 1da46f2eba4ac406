import { expect, it } from 'vitest';
import { isoSeconds } from '../src/lib/isoDuration';

it.each([
  ['P14D', 14 * 86_400],
  ['P2W', 14 * 86_400],
  ['PT36H', 36 * 3600],
  ['P1DT2H3M4S', 86_400 + 2 * 3600 + 3 * 60 + 4],
  ['PT1S', 1],
  ['P36500D', 36_500 * 86_400],
])('%s is %d seconds', (text, seconds) => {
  expect(isoSeconds(text)).toBe(seconds);
});

it.each(['', 'P', 'PT', 'P1DT', '14D', 'P1M', 'P1Y', 'P1.5D', '-P1D', 'p1d', 'PT0S', 'P36501D', 'P2W1D', ' P1D'])(
  '%j is none',
  (text) => {
    expect(isoSeconds(text)).toBeNull();
  },
);
