/** The demo's latest drop, followed until it is done. */

import type { DropRun } from '../lib/types';
import { live } from './live.svelte';
import { session } from './session.svelte';

const EVERY = 700;

class Drop {
  run = $state.raw<DropRun | null>(null);
  /** The drop whose report was put away. */
  hidden = $state<string | null>(null);
  running = $derived(this.run?.state === 'RUNNING');
  #timer = 0;

  async start(users: number, stock: number): Promise<void> {
    const { data } = await session.ask<{ campaignId: string }>('/drops', { method: 'POST', body: { users, stock } });
    this.run = { campaignId: data.campaignId, state: 'RUNNING' };
    this.hidden = null;
    live.chosen = data.campaignId;
    void this.follow();
  }

  /** Also for whoever opens the page while one goes on, or just after. */
  follow = async (): Promise<void> => {
    clearTimeout(this.#timer);
    try {
      this.run = (await session.ask<DropRun>('/drops/latest')).data;
    } catch {
      // Asked again while one is known to run; else there is none.
    }
    if (this.running && session.token !== null) this.#timer = window.setTimeout(this.follow, EVERY);
  };
}

export const drop = new Drop();
