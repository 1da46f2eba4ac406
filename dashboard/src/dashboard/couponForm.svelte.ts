/** The part of a campaign's form that is about its coupons: codes, validity, and who may get one. */

import { fromInput, toInput } from '../lib/format';
import { isoSeconds } from '../lib/isoDuration';
import type { AdminCampaign, Codes } from '../lib/types';
import type { Texts } from '../text/en';

export type End = 'never' | 'until' | 'for';
type Shown = Pick<CouponForm, 'codes' | 'from' | 'end' | 'until' | 'lasting' | 'claim' | 'values'>;

const VALUES = 32;

/** What the inputs show of a campaign. */
function shown(c: AdminCampaign | null): Shown {
  const time = (at: string | null | undefined) => (at ? toInput(new Date(at)) : '');
  return {
    codes: c?.codes ?? 'NONE',
    from: time(c?.couponValidFrom),
    end: c?.couponValidUntil ? 'until' : c?.couponValidFor ? 'for' : 'never',
    until: time(c?.couponValidUntil),
    lasting: c?.couponValidFor ?? '',
    claim: c?.eligibility?.claim ?? '',
    values: c?.eligibility?.in.join('\n') ?? '',
  };
}

export class CouponForm {
  codes = $state<Codes>('NONE');
  from = $state('');
  end = $state<End>('never');
  until = $state('');
  lasting = $state('');
  claim = $state('');
  /** One a line. */
  values = $state('');

  constructor(first: AdminCampaign | null) {
    Object.assign(this, shown(first));
  }

  get #in(): string[] {
    return this.values.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  }

  /** By field, in the order of the inputs; null where nothing is wrong. */
  wrong(t: Texts['campaigns']): Record<string, string | null> {
    const from = fromInput(this.from);
    const until = fromInput(this.until);
    const values = this.#in;
    return {
      couponValidUntil:
        this.end !== 'until' ? null : until === null ? t.needTime : from && until <= from ? t.needValidOrder : null,
      couponValidFor: this.end === 'for' && isoSeconds(this.lasting.trim()) === null ? t.needDuration : null,
      'eligibility.claim': this.claim.trim() === '' && values.length > 0 ? t.needClaim : null,
      'eligibility.in':
        this.claim.trim() !== '' && (values.length === 0 || values.length > VALUES || new Set(values).size < values.length)
          ? t.needValues
          : null,
    };
  }

  /** The fields of a new campaign, or those that differ from {@code base}. */
  changes(base: AdminCampaign | null): Record<string, unknown> {
    const before = shown(base);
    const time = (text: string) => fromInput(text)?.toISOString() ?? null;
    const all: [unknown, boolean, string][] = [
      [this.codes, this.codes === before.codes, 'codes'],
      // The inputs know whole seconds: a time that shows the same is not a change.
      [time(this.from), this.from === before.from, 'couponValidFrom'],
      [this.end === 'until' ? time(this.until) : null, this.#same(before, 'until'), 'couponValidUntil'],
      [this.end === 'for' ? this.lasting.trim() : null, this.#same(before, 'for'), 'couponValidFor'],
      [
        this.claim.trim() === '' ? null : { claim: this.claim.trim(), in: this.#in },
        this.claim.trim() === before.claim && this.#in.join('\n') === before.values,
        'eligibility',
      ],
    ];
    return Object.fromEntries(all.filter(([, same]) => !same).map(([value, , field]) => [field, value]));
  }

  #same(before: Shown, end: End): boolean {
    if ((this.end === end) !== (before.end === end)) return false;
    return this.end !== end || (end === 'until' ? this.until === before.until : this.lasting.trim() === before.lasting);
  }

  /** Takes over what somebody else changed, and keeps what this person has changed. */
  takeOver(old: AdminCampaign, now: AdminCampaign): void {
    const [before, after] = [shown(old), shown(now)];
    for (const field of Object.keys(after) as (keyof Shown)[]) {
      if (this[field] === before[field]) Object.assign(this, { [field]: after[field] });
    }
  }
}
