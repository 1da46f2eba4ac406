import { describe, expect, it, vi } from 'vitest';
import { answer } from '../src/lib/answer';
import type { Lookup } from '../src/lib/types';

vi.stubEnv('TZ', 'UTC');

const base: Lookup = {
  campaignId: 'chicken',
  userId: 'auth0|<b>kim</b>',
  outcome: 'NOT_ISSUED',
  campaign: {
    name: 'Chicken',
    state: 'SOLD_OUT',
    total: 10_000,
    opensAt: '2026-12-24T12:00:00Z',
    closesAt: '2026-12-25T12:00:00Z',
    issued: 10_000,
  },
  last: { sequence: 10_000, acceptedAt: '2026-12-24T12:00:00.377Z' },
  serverTime: '2026-12-24T13:00:00Z',
};

const of = (more: Partial<Lookup>): Lookup => ({ ...base, ...more });
const state = (s: Lookup['campaign']['state'], more: Partial<Lookup> = {}) =>
  of({ campaign: { ...base.campaign, state: s }, ...more });
const held = { sequence: 377, acceptedAt: '2026-12-24T12:00:00.012Z' };
const failure = { reason: 'check violated', state: 'OPEN' as const, attempts: 2, lastAt: '2026-12-24T12:01:00Z' };

const CASES: [string, Lookup, string, string][] = [
  [
    'issued',
    of({ outcome: 'ISSUED', ...held, issuedAt: '2026-12-24T12:00:00.020Z' }),
    'auth0|<b>kim</b> has coupon number 377, accepted at 2026-12-24 12:00:00.012 UTC and in the ledger since 2026-12-24 12:00:00.020 UTC.',
    'auth0|<b>kim</b> 님은 선착 순번 377번 쿠폰을 받았습니다. 2026-12-24 12:00:00.012 UTC에 수락됐고, 2026-12-24 12:00:00.020 UTC에 원장에 기록됐습니다.',
  ],
  [
    'accepted',
    of({ outcome: 'ACCEPTED', ...held }),
    'auth0|<b>kim</b> has coupon number 377, accepted at 2026-12-24 12:00:00.012 UTC; it is on its way into the ledger.',
    'auth0|<b>kim</b> 님은 선착 순번 377번 쿠폰을 받았습니다. 2026-12-24 12:00:00.012 UTC에 수락됐으며, 지금 원장에 기록되는 중입니다.',
  ],
  [
    'failed',
    of({ outcome: 'FAILED', ...held, failure }),
    'auth0|<b>kim</b> has number 377, accepted at 2026-12-24 12:00:00.012 UTC, but the ledger refused it 2 times, last at 2026-12-24 12:01:00.000 UTC (check violated). It is kept and can be replayed.',
    'auth0|<b>kim</b> 님의 선착 순번 377번은 2026-12-24 12:00:00.012 UTC에 수락됐지만 원장이 2번 거부했습니다(마지막 2026-12-24 12:01:00.000 UTC, 사유: check violated). 보관 중이며 재처리할 수 있습니다.',
  ],
  [
    'discarded',
    of({ outcome: 'DISCARDED', ...held, failure: { ...failure, state: 'DISCARDED', reason: 'ERROR: poisoned\n  Where: a trigger' } }),
    'auth0|<b>kim</b> had number 377, accepted at 2026-12-24 12:00:00.012 UTC; the ledger refused it (ERROR: poisoned), and an operator discarded it. The reason stands in the audit list.',
    'auth0|<b>kim</b> 님의 선착 순번 377번은 2026-12-24 12:00:00.012 UTC에 수락됐지만 원장이 거부했고(ERROR: poisoned), 운영자가 폐기했습니다. 폐기한 이유는 감사 기록에 있습니다.',
  ],
  [
    'none, sold out',
    base,
    'Number 10,000 of 10,000, the last one, was given at 2026-12-24 12:00:00.377 UTC; no issue of auth0|<b>kim</b> was accepted.',
    '전체 10,000장 중 마지막인 선착 순번 10,000번이 2026-12-24 12:00:00.377 UTC에 발급되어 소진됐고, auth0|<b>kim</b> 님의 발급은 수락된 적이 없습니다.',
  ],
  [
    'none, not open yet',
    state('SCHEDULED', { last: null }),
    'The campaign opens at 2026-12-24 12:00:00.000 UTC; no issue of auth0|<b>kim</b> was accepted so far.',
    '캠페인은 2026-12-24 12:00:00.000 UTC에 시작합니다. 지금까지 auth0|<b>kim</b> 님의 발급은 수락된 적이 없습니다.',
  ],
  [
    'none, open',
    state('OPEN', { last: { sequence: 41, acceptedAt: '2026-12-24T12:00:00.377Z' } }),
    'The campaign is open: number 41 of 10,000 was given at 2026-12-24 12:00:00.377 UTC; no issue of auth0|<b>kim</b> was accepted so far.',
    '캠페인은 발급 중입니다. 전체 10,000장 중 선착 순번 41번까지 발급됐고(마지막 2026-12-24 12:00:00.377 UTC), 지금까지 auth0|<b>kim</b> 님의 발급은 수락된 적이 없습니다.',
  ],
  [
    'none, open and nobody has one',
    state('OPEN', { last: null }),
    'The campaign is open and nobody has a coupon yet; no issue of auth0|<b>kim</b> was accepted so far.',
    '캠페인은 발급 중이고 아직 아무도 받지 않았습니다. 지금까지 auth0|<b>kim</b> 님의 발급은 수락된 적이 없습니다.',
  ],
  [
    'none, paused',
    state('PAUSED', { last: { sequence: 41, acceptedAt: null } }),
    'The campaign is paused by an operator: number 41 of 10,000 was given before; no issue of auth0|<b>kim</b> was accepted.',
    '캠페인은 운영자가 일시 중지했습니다. 그전에 전체 10,000장 중 선착 순번 41번까지 발급됐고, auth0|<b>kim</b> 님의 발급은 수락된 적이 없습니다.',
  ],
  [
    'none, closed by the window',
    state('CLOSED', { serverTime: '2026-12-26T00:00:00Z', last: { sequence: 41, acceptedAt: null } }),
    'The campaign closed at 2026-12-25 12:00:00.000 UTC: number 41 of 10,000 was the last one given; no issue of auth0|<b>kim</b> was accepted.',
    '캠페인은 2026-12-25 12:00:00.000 UTC에 종료됐습니다. 전체 10,000장 중 선착 순번 41번까지 발급됐고, auth0|<b>kim</b> 님의 발급은 수락된 적이 없습니다.',
  ],
  [
    'none, closed by hand',
    state('CLOSED', { last: null }),
    'The campaign was closed by an operator and nobody got a coupon; no issue of auth0|<b>kim</b> was accepted.',
    '캠페인은 운영자가 종료했고 아무도 받지 않았습니다. auth0|<b>kim</b> 님의 발급은 수락된 적이 없습니다.',
  ],
];

describe('the answer to "why didn’t I get one?"', () => {
  it.each(CASES)('%s', (_, lookup, english, korean) => {
    expect(answer(lookup, 'en')).toBe(english);
    expect(answer(lookup, 'ko')).toBe(korean);
  });

  it('knows no total where the stock is unlimited', () => {
    const lookup = state('OPEN', { last: { sequence: 41, acceptedAt: null } });
    lookup.campaign.total = null;
    expect(answer(lookup, 'en')).toContain('number 41 was given;');
    expect(answer(lookup, 'ko')).toContain('선착 순번 41번까지 발급됐고');
    expect(answer(lookup, 'ko')).not.toContain('전체');
  });

  it('gives both clocks to a viewer who is not in UTC', () => {
    vi.stubEnv('TZ', 'Asia/Seoul');
    expect(answer(base, 'en')).toContain('2026-12-24 21:00:00.377 GMT+9 (12:00:00.377 UTC)');
    vi.stubEnv('TZ', 'UTC');
  });
});
