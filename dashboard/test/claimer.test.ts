import { describe, expect, it } from 'vitest';
import { Claimer, wait, type Waiting, type World } from '../src/claim/claimer';
import { Problem, Unreachable } from '../src/lib/http';

const mine = { campaignId: 'c', userId: 'u', sequence: 7, state: 'ACCEPTED' };
const problem = (status: number, code: string, retryAfterMs: number | null = null, opensAt: string | null = null) =>
  new Problem(status, code, code, null, [], retryAfterMs, opensAt);
const LOST = new Unreachable('lost');

/** Answers in the order written; each call is noted as `POST` or `GET`. */
function server(...answers: unknown[]) {
  const calls: string[] = [];
  const slept: number[] = [];
  const world: World = {
    ask: (async (_: string, call: { method?: string }) => {
      calls.push(call.method ?? 'GET');
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return { status: 200, data: next };
    }) as World['ask'],
    sleep: async (ms) => void slept.push(ms),
    random: () => 0,
  };
  const waits: (Waiting | null)[] = [];
  return { claimer: new Claimer('c', 'token', (w) => waits.push(w), world), calls, slept, waits };
}

describe('a press', () => {
  it('is answered with the sequence', async () => {
    const { claimer, calls } = server(mine);
    expect(await claimer.press()).toEqual({ kind: 'mine', issue: mine });
    expect(calls).toEqual(['POST']);
  });

  it('is the same press when made twice', async () => {
    const { claimer, calls } = server(mine);
    const [first, second] = await Promise.all([claimer.press(), claimer.press()]);
    expect(first).toEqual(second);
    expect(calls).toEqual(['POST']);
  });

  it('whose answer was lost finds what it got', async () => {
    const { claimer, calls, waits } = server(LOST, mine);
    expect(await claimer.press()).toEqual({ kind: 'mine', issue: mine });
    expect(calls).toEqual(['POST', 'GET']);
    expect(waits).toEqual([{ why: 'lost', ms: 200 }]);
  });

  it('that never arrived is made again', async () => {
    const { claimer, calls } = server(LOST, problem(404, 'NOT_ISSUED'), mine);
    expect(await claimer.press()).toEqual({ kind: 'mine', issue: mine });
    expect(calls).toEqual(['POST', 'GET', 'POST']);
  });

  it('of an unknown outcome asks first, too, as long as the server cannot say', async () => {
    const { claimer, calls } = server(problem(503, 'OUTCOME_UNKNOWN', 1000), problem(503, 'LEDGER_DOWN', 1000), LOST, mine);
    expect(await claimer.press()).toEqual({ kind: 'mine', issue: mine });
    expect(calls).toEqual(['POST', 'GET', 'GET', 'GET']);
  });

  it('of a number that was given up reads what became of it', async () => {
    const gone = { ...mine, state: 'DISCARDED' as const };
    const { claimer, calls } = server(problem(409, 'DISCARDED', null), gone);
    expect(await claimer.press()).toEqual({ kind: 'mine', issue: gone });
    expect(calls).toEqual(['POST', 'GET']);
  });

  it('waits as long as a busy server asks for, then presses again', async () => {
    const { claimer, calls, slept, waits } = server(problem(503, 'OVERLOADED', 2000), problem(429, 'RATE_LIMITED', 1000), mine);
    expect(await claimer.press()).toEqual({ kind: 'mine', issue: mine });
    expect(calls).toEqual(['POST', 'POST', 'POST']);
    expect(slept).toEqual([2000, 1000]);
    expect(waits.at(-1)).toBeNull();
  });

  it('a moment too early waits the moment', async () => {
    const { claimer, calls } = server(problem(409, 'NOT_OPEN', 1000, '2026-12-24T03:00:00Z'), mine);
    expect(await claimer.press()).toEqual({ kind: 'mine', issue: mine });
    expect(calls).toEqual(['POST', 'POST']);
  });

  it.each([
    [problem(409, 'SOLD_OUT'), { kind: 'refused', code: 'SOLD_OUT' }],
    [problem(409, 'PAUSED'), { kind: 'refused', code: 'PAUSED' }],
    [problem(409, 'CLOSED'), { kind: 'refused', code: 'CLOSED' }],
    [problem(409, 'NOT_OPEN', 60_000, '2026-12-24T03:00:00Z'), { kind: 'notOpen', opensAt: '2026-12-24T03:00:00Z' }],
    [problem(404, 'CAMPAIGN_NOT_FOUND'), { kind: 'noCampaign' }],
    [problem(401, 'UNAUTHENTICATED'), { kind: 'badToken' }],
    [problem(403, 'NOT_ELIGIBLE'), { kind: 'notEligible' }],
    [problem(400, 'MALFORMED'), { kind: 'failed', code: 'MALFORMED' }],
  ])('takes a refusal for an answer (%s)', async (refusal, expected) => {
    const { claimer, calls } = server(refusal);
    expect(await claimer.press()).toEqual(expected);
    expect(calls).toHaveLength(1);
  });

  it('ends at last', async () => {
    const { claimer, calls } = server(...Array.from({ length: 200 }, () => problem(503, 'REDIS_DOWN', 1000)));
    expect(await claimer.press()).toEqual({ kind: 'failed', code: 'NO_ANSWER' });
    expect(calls).toHaveLength(60);
  });

  it('can be made anew after a refusal', async () => {
    const { claimer } = server(problem(409, 'PAUSED'), mine);
    await claimer.press();
    expect(await claimer.press()).toEqual({ kind: 'mine', issue: mine });
  });
});

describe('after a reload', () => {
  it('it is read, not pressed', async () => {
    const { claimer, calls } = server(mine);
    expect(await claimer.mine()).toEqual({ kind: 'mine', issue: mine });
    expect(calls).toEqual(['GET']);
  });

  it('nobody knowing is no "none"', async () => {
    const { claimer } = server(problem(503, 'REDIS_DOWN'));
    await expect(claimer.mine()).rejects.toThrow();
  });
});

it('waits are spread', () => {
  expect(wait(0, null, () => 1)).toBe(400);
  expect(wait(0, null, () => 0)).toBe(200);
  expect(wait(9, null, () => 1)).toBe(8000);
  expect(wait(9, 3000, () => 1)).toBe(3500);
});
