import { describe, expect, it } from 'vitest';
import { CouponForm } from '../src/dashboard/couponForm.svelte';
import type { AdminCampaign } from '../src/lib/types';
import { en } from '../src/text/en';

const t = en.campaigns;
const campaign: AdminCampaign = {
  id: 'c',
  name: 'A coffee',
  state: 'OPEN',
  totalStock: 5,
  remaining: 5,
  opensAt: '2031-01-01T00:00:00Z',
  closesAt: '2031-02-01T00:00:00Z',
  serverTime: '2031-01-02T00:00:00Z',
  version: 3,
  issued: 0,
  codes: 'GENERATED',
  couponValidFrom: '2031-01-05T00:00:00.250Z',
  couponValidUntil: null,
  couponValidFor: 'P14D',
  eligibility: { claim: 'tier', in: ['gold', 'platinum'] },
};

describe('what is sent', () => {
  it('is nothing for inputs that were not touched', () => {
    expect(new CouponForm(null).changes(null)).toEqual({});
    expect(new CouponForm(campaign).changes(campaign)).toEqual({});
  });

  it('is the one field that changed', () => {
    const form = new CouponForm(campaign);
    form.lasting = ' P30D ';
    expect(form.changes(campaign)).toEqual({ couponValidFor: 'P30D' });
  });

  it('takes one end away where it sets the other', () => {
    const form = new CouponForm(campaign);
    form.end = 'until';
    form.until = '2031-03-01T00:00:00';
    expect(form.changes(campaign)).toEqual({
      couponValidUntil: new Date('2031-03-01T00:00:00').toISOString(),
      couponValidFor: null,
    });
  });

  it('is null where a limit is lifted', () => {
    const form = new CouponForm(campaign);
    form.claim = form.values = form.from = '';
    form.end = 'never';
    expect(form.changes(campaign)).toEqual({ couponValidFrom: null, couponValidFor: null, eligibility: null });
  });

  it('has the values of a claim line by line', () => {
    const form = new CouponForm(null);
    form.claim = 'tier';
    form.values = ' gold \n\nblack, or better\n';
    expect(form.changes(null)).toEqual({ eligibility: { claim: 'tier', in: ['gold', 'black, or better'] } });
  });
});

describe('what is wrong', () => {
  const wrong = (change: Partial<CouponForm>) =>
    Object.entries(Object.assign(new CouponForm(null), change).wrong(t)).filter(([, rule]) => rule !== null);

  it('is nothing where nothing is wanted', () => {
    expect(wrong({})).toEqual([]);
  });

  it.each<[Partial<CouponForm>, string, string]>([
    [{ end: 'until' }, 'couponValidUntil', t.needTime],
    [{ end: 'until', from: '2031-02-02T00:00', until: '2031-02-01T00:00' }, 'couponValidUntil', t.needValidOrder],
    [{ end: 'for', lasting: '14 days' }, 'couponValidFor', t.needDuration],
    [{ claim: 'tier' }, 'eligibility.in', t.needValues],
    [{ claim: 'tier', values: 'gold\ngold' }, 'eligibility.in', t.needValues],
    [{ values: 'gold' }, 'eligibility.claim', t.needClaim],
  ])('%j', (change, field, rule) => {
    expect(wrong(change)).toEqual([[field, rule]]);
  });
});

it('another person’s change is taken over, and this person’s is kept', () => {
  const form = new CouponForm(campaign);
  form.lasting = 'P30D';
  form.takeOver(campaign, { ...campaign, couponValidFor: 'P20D', eligibility: null });
  expect(form.lasting).toBe('P30D');
  expect(form.claim).toBe('');
  expect(form.changes({ ...campaign, couponValidFor: 'P20D', eligibility: null })).toEqual({ couponValidFor: 'P30D' });
});
