/** Colour and hatch of each outcome; the same in chart, legend and sums. */

import type { Outcome } from '../lib/types';
import type { Hatch } from '../parts/hatch';

export const OUTCOME_LOOK: Record<Outcome, { colour: string; hatch: Hatch }> = {
  ACCEPTED: { colour: '--o-accepted', hatch: 'none' },
  ALREADY: { colour: '--o-already', hatch: 'dots' },
  SOLD_OUT: { colour: '--o-sold-out', hatch: 'none' },
  NOT_OPEN: { colour: '--o-not-open', hatch: 'rise' },
  PAUSED: { colour: '--o-paused', hatch: 'flat' },
  CLOSED: { colour: '--o-closed', hatch: 'fall' },
  OTHER: { colour: '--o-other', hatch: 'dots' },
  ERROR: { colour: '--o-error', hatch: 'cross' },
};
