/** The stream's latest snapshot, how old it is, and which campaign is on show. */

import { at } from '../lib/http';
import { SnapshotStream, type Phase } from '../lib/stream';
import type { LiveCampaign, Snapshot } from '../lib/types';
import { append, sampleOf, type Sample } from './history';

/** Snapshots come once a second: two missed ones are told. */
export const STALE_AFTER = 3000;
const BACK_SHOWN = 4000;

class Live {
  phase = $state.raw<Phase>({ kind: 'connecting', attempt: 0 });
  snapshot = $state.raw<Snapshot | null>(null);
  samples = $state.raw<Sample[]>([]);
  /** Monotonic milliseconds, four times a second. */
  now = $state(performance.now());
  receivedAt = $state(0);
  /** For a few seconds after the server came back: how long it was away. */
  back = $state.raw<{ awayMs: number; at: number } | null>(null);
  chosen = $state<string | null>(null);
  busiest = $state<string | null>(null);

  #stream: SnapshotStream<Snapshot> | null = null;
  #ticker = 0;
  #offset = 0;

  ageMs = $derived(this.snapshot ? Math.max(0, this.now - this.receivedAt) : Infinity);
  stale = $derived(this.snapshot !== null && this.ageMs > STALE_AFTER);
  lost = $derived(this.phase.kind === 'waiting' || (this.phase.kind === 'connecting' && this.phase.attempt > 0));
  justBack = $derived(this.back !== null && this.now - this.back.at < BACK_SHOWN ? this.back : null);
  campaign = $derived.by(() => {
    const all = this.snapshot?.campaigns ?? [];
    return all.find((c) => c.id === (this.chosen ?? this.busiest)) ?? all[0] ?? null;
  });

  start(token: string): void {
    this.stop();
    this.phase = { kind: 'connecting', attempt: 0 };
    this.#stream = new SnapshotStream<Snapshot>(at('api/v1/admin/stream'), token, {
      phase: (phase) => (this.phase = phase),
      snapshot: (snapshot) => this.#take(snapshot),
    });
    this.#ticker = window.setInterval(() => (this.now = performance.now()), 250);
    window.addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
    this.#stream.start();
  }

  stop(): void {
    this.#stream?.stop();
    this.#stream = null;
    clearInterval(this.#ticker);
    window.removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.hurry);
    this.snapshot = null;
    this.samples = [];
    this.back = null;
    this.chosen = null;
    this.busiest = null;
  }

  hurry = (): void => {
    if (document.visibilityState === 'visible') this.#stream?.hurry();
  };

  /** The server's clock as of this moment. */
  serverTime(): Date {
    return new Date(this.now + this.#offset);
  }

  #take(snapshot: Snapshot): void {
    const now = performance.now();
    const away = now - this.receivedAt;
    if (this.snapshot && away > STALE_AFTER) this.back = { awayMs: away, at: now };
    this.busiest = busiestOf(snapshot.campaigns, this.snapshot?.campaigns ?? [], this.busiest);
    this.#offset = Date.parse(snapshot.at) - now;
    this.receivedAt = now;
    this.now = now;
    this.samples = append(this.samples, sampleOf(snapshot));
    this.snapshot = snapshot;
  }
}

/** Whoever gained most since the last snapshot; else it stays with the one it was; else the first. */
export function busiestOf(now: LiveCampaign[], before: LiveCampaign[], current: string | null): string | null {
  const issued = new Map(before.map((c) => [c.id, c.issued]));
  let best: LiveCampaign | null = null;
  let most = 0;
  for (const c of now) {
    const gain = c.issued - (issued.get(c.id) ?? (before.length > 0 ? 0 : c.issued));
    if (gain > most) [best, most] = [c, gain];
  }
  if (best) return best.id;
  return now.some((c) => c.id === current) ? current : (now[0]?.id ?? null);
}

export const live = new Live();
