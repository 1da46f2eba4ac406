/** What the claim page knows: the offer, the person, the answer, and the server's clock. */

import { left, ServerClock } from '../lib/countdown';
import { ask, Problem } from '../lib/http';
import { claimsOf, takeFromAddress, USER_TOKEN } from '../lib/token';
import type { PublicCampaign } from '../lib/types';
import { Claimer, type Answer, type Waiting } from './claimer';

/** This tab's user is a made-up one, so it may be another one next. */
const DEMO = 'sunchak.demo-user';
/** From here on everybody waits by the own clock, and the server is left to the presses. */
const LAST_SECONDS = 15_000;

export class Claim {
  readonly id = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');
  token = $state<string | null>(null);
  campaign = $state.raw<PublicCampaign | null>(null);
  /** No such campaign. */
  missing = $state(false);
  /** The last look at the campaign had no answer. */
  silent = $state(false);
  demo = $state(false);
  answer = $state.raw<Answer | null>(null);
  waiting = $state.raw<Waiting | null>(null);
  sending = $state(false);
  looking = $state(false);
  /** Milliseconds on the server's clock. */
  now = $state(Date.now());

  user = $derived(this.token === null ? null : (claimsOf(this.token)?.sub ?? null));
  mine = $derived(this.answer?.kind === 'mine' ? this.answer.issue : null);
  togo = $derived(left(Date.parse(this.campaign?.opensAt ?? ''), this.now));
  /** The window goes by the clock, not by the next look at the server: at the opening nobody may have to wait for one. */
  phase = $derived.by(() => {
    if (!this.campaign) return 'LOADING';
    if (this.answer?.kind === 'refused') return this.answer.code;
    if (this.campaign.state === 'SCHEDULED') return this.togo.over ? 'OPEN' : 'SCHEDULED';
    if (this.campaign.state === 'OPEN' && this.now >= Date.parse(this.campaign.closesAt)) return 'CLOSED';
    return this.campaign.state === 'ARCHIVED' ? 'CLOSED' : this.campaign.state;
  });

  #claimer: Claimer | null = null;
  #clock = new ServerClock();
  #timer = 0;

  begin(): void {
    takeFromAddress(USER_TOKEN);
    this.#use(sessionStorage.getItem(USER_TOKEN));
    void this.watch();
    // Guests may try the demo's campaigns alone.
    const tried = this.id.startsWith('demo-');
    this.demo = tried && sessionStorage.getItem(DEMO) !== null;
    // Whoever comes from a shop has a token, and no need for another.
    if (tried && this.token === null) void ask('api/v1/demo').then(() => (this.demo = true)).catch(() => {});
  }

  fromAddress = (): void => {
    if (takeFromAddress(USER_TOKEN)) this.#use(sessionStorage.getItem(USER_TOKEN));
  };

  tick = (): void => {
    if (this.#clock.known) this.now = this.#clock.time();
  };

  stop(): void {
    clearTimeout(this.#timer);
  }

  press = async (): Promise<void> => {
    const asked = this.#claimer;
    if (asked === null || this.sending || this.mine) return;
    this.sending = true;
    this.answer = null;
    const found = await asked.press();
    this.sending = false;
    this.waiting = null;
    if (asked === this.#claimer) this.#take(found);
  };

  random = async (): Promise<void> => {
    try {
      const { data } = await ask<{ userId: string; token: string }>('api/v1/demo/user', { method: 'POST' });
      sessionStorage.setItem(USER_TOKEN, data.token);
      sessionStorage.setItem(DEMO, 'yes');
      this.#use(data.token);
    } catch (cause) {
      this.answer = { kind: 'failed', code: cause instanceof Problem ? cause.code : 'NO_ANSWER' };
    }
  };

  /** The public view, now and then: often near a change, never in step with all the others. */
  watch = async (): Promise<void> => {
    clearTimeout(this.#timer);
    const sent = performance.now();
    try {
      const { data } = await ask<PublicCampaign>(`api/v1/campaigns/${encodeURIComponent(this.id)}`, { patienceMs: 8000 });
      this.#clock.learn(data.serverTime, sent, performance.now());
      this.now = this.#clock.time();
      this.campaign = data;
      this.missing = this.silent = false;
      if (this.answer?.kind === 'refused' && (data.state === 'OPEN' || data.state === 'SCHEDULED')) this.answer = null;
    } catch (cause) {
      this.missing = cause instanceof Problem && cause.status === 404;
      this.silent = !this.missing;
    }
    if (!this.missing) this.#timer = window.setTimeout(this.watch, this.#pause());
  };

  /** Somebody looks again: the coupon may have been used since. */
  comeBack(): void {
    void this.watch();
    if (this.mine) void this.#lookForMine();
  }

  #pause(): number {
    if (this.silent) return 1000 + Math.random() * 3000;
    if (this.phase === 'CLOSED' || this.mine) return 60_000;
    if (this.phase !== 'SCHEDULED') return 4000 + Math.random() * 4000;
    const toOpening = Date.parse(this.campaign?.opensAt ?? '') - this.#clock.time();
    return (toOpening > LAST_SECONDS ? 5000 : toOpening + 2000) + Math.random() * 10_000;
  }

  #use(next: string | null): void {
    this.token = next;
    this.answer = null;
    this.#claimer = next === null ? null : new Claimer(this.id, next, (w) => (this.waiting = w));
    void this.#lookForMine();
  }

  /** After a reload the server knows better than this page whether there is one. */
  async #lookForMine(): Promise<void> {
    const asked = this.#claimer;
    if (asked === null) return;
    this.looking = true;
    // Not for long: a press finds it as well, and at an opening every moment counts.
    setTimeout(() => (this.looking = false), 1500);
    try {
      const found = await asked.mine();
      if (asked === this.#claimer && found.kind !== 'none') this.#take(found);
    } catch {
      // Not known yet; pressing tells it as well.
    } finally {
      if (asked === this.#claimer) this.looking = false;
    }
  }

  #take(found: Answer): void {
    if (found.kind === 'noCampaign') this.missing = true;
    else if (found.kind === 'notOpen') void this.watch();
    else this.answer = found;
    void this.#follow(1500);
  }

  /** Until it is a row of the ledger: a few looks, each later than the one before. */
  async #follow(delay: number): Promise<void> {
    const asked = this.#claimer;
    if (this.mine?.state !== 'ACCEPTED' || delay > 30_000) return;
    await new Promise((later) => setTimeout(later, delay));
    const found = await asked?.mine().catch(() => null);
    if (asked !== this.#claimer) return;
    if (found?.kind === 'mine') this.answer = found;
    void this.#follow(delay * 2);
  }
}
