/** Presses the button for a person until there is an answer. Any number of presses, one coupon. */

import { ask as askServer, Problem, Unreachable } from '../lib/http';
import type { MyIssue } from '../lib/types';

export type Refusal = 'SOLD_OUT' | 'PAUSED' | 'CLOSED';

export type Answer =
  | { kind: 'mine'; issue: MyIssue }
  | { kind: 'none' }
  | { kind: 'refused'; code: Refusal }
  | { kind: 'notOpen'; opensAt: string }
  | { kind: 'noCampaign' }
  | { kind: 'badToken' }
  | { kind: 'notEligible' }
  | { kind: 'failed'; code: string };

export type Waiting = { why: 'busy' | 'lost'; ms: number };

export interface World {
  ask: typeof askServer;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
}

const real: World = {
  ask: askServer,
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  random: Math.random,
};

/** The page's clock may run ahead of the server's by this much: then the press waits instead of failing. */
const ALMOST_OPEN = 2000;
const TRIES = 60;
const PATIENCE = 8000;

export class Claimer {
  #running: Promise<Answer> | null = null;

  constructor(
    private readonly campaign: string,
    private readonly token: string,
    private readonly waiting: (waiting: Waiting | null) => void = () => {},
    private readonly world: World = real,
  ) {}

  /** A second press while the first is under way is the same press. */
  press(): Promise<Answer> {
    this.#running ??= this.#press().finally(() => (this.#running = null));
    return this.#running;
  }

  /** What this user holds. Throws {@link Unreachable} or a 5xx {@link Problem} when nobody can say. */
  async mine(): Promise<Answer> {
    try {
      const { data } = await this.world.ask<MyIssue>(`${this.#path}/me`, { token: this.token, patienceMs: PATIENCE });
      return { kind: 'mine', issue: data };
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.status >= 500 || cause.status === 429) throw cause;
      return said(cause);
    }
  }

  get #path(): string {
    return `api/v1/campaigns/${encodeURIComponent(this.campaign)}/issues`;
  }

  async #press(): Promise<Answer> {
    let lost = false;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      try {
        // A lost answer may have been a yes: reading is cheaper than another press, and either is safe.
        if (lost) {
          const found = await this.mine();
          if (found.kind !== 'none') return found;
          lost = false;
        }
        const { data } = await this.world.ask<MyIssue>(this.#path, { method: 'POST', token: this.token, patienceMs: PATIENCE });
        this.waiting(null);
        return { kind: 'mine', issue: data };
      } catch (cause) {
        if (cause instanceof Problem && cause.code === 'NOT_OPEN' && (cause.retryAfterMs ?? Infinity) <= ALMOST_OPEN) {
          await this.world.sleep(150 + this.world.random() * 150);
          continue;
        }
        // It is this user's, and given up: what is known of it is read, not pressed for.
        if (cause instanceof Problem && cause.code === 'DISCARDED') {
          lost = true;
          continue;
        }
        const again = cause instanceof Unreachable || (cause instanceof Problem && (cause.status >= 500 || cause.status === 429));
        if (!again) {
          this.waiting(null);
          return cause instanceof Problem ? said(cause) : { kind: 'failed', code: String(cause) };
        }
        lost ||= cause instanceof Unreachable || (cause instanceof Problem && cause.code === 'OUTCOME_UNKNOWN');
        const ms = wait(attempt, cause instanceof Problem ? cause.retryAfterMs : null, this.world.random);
        this.waiting({ why: cause instanceof Problem ? 'busy' : 'lost', ms });
        await this.world.sleep(ms);
      }
    }
    this.waiting(null);
    return { kind: 'failed', code: 'NO_ANSWER' };
  }
}

/** As long as the server asks for, else doubling to eight seconds; spread, so that not all come at once. */
export function wait(attempt: number, asked: number | null, random: () => number): number {
  const base = asked ?? Math.min(8000, 400 * 2 ** attempt);
  return asked === null ? base / 2 + (random() * base) / 2 : base + random() * 500;
}

function said(problem: Problem): Answer {
  switch (problem.code) {
    case 'SOLD_OUT':
    case 'PAUSED':
    case 'CLOSED':
      return { kind: 'refused', code: problem.code };
    case 'NOT_OPEN':
      return { kind: 'notOpen', opensAt: problem.opensAt ?? '' };
    case 'NOT_ISSUED':
      return { kind: 'none' };
    case 'CAMPAIGN_NOT_FOUND':
      return { kind: 'noCampaign' };
    case 'UNAUTHENTICATED':
    case 'FORBIDDEN':
      return { kind: 'badToken' };
    case 'NOT_ELIGIBLE':
      return { kind: 'notEligible' };
    default:
      return { kind: 'failed', code: problem.code };
  }
}
