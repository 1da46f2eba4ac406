/** A list that the server hands out page by page, with its states: loading, loaded, more to come, failed. */

import type { Page } from '../lib/types';
import { session } from './session.svelte';

export class Listing<T, P extends Page<T> = Page<T>> {
  /** The newest answer, for what it says besides its items. */
  page = $state.raw<P | null>(null);
  items = $state.raw<T[]>([]);
  next = $state<string | null>(null);
  loading = $state(false);
  loaded = $state(false);
  error = $state.raw<unknown>(null);
  #path = '';
  #newest = 0;

  /** From the start; what is shown stays until the answer is there. */
  async load(path: string): Promise<void> {
    if (path !== this.#path) this.loaded = false;
    this.#path = path;
    await this.#fetch(null);
  }

  async reload(): Promise<void> {
    await this.#fetch(null);
  }

  async more(): Promise<void> {
    if (this.next !== null) await this.#fetch(this.next);
  }

  async #fetch(cursor: string | null): Promise<void> {
    const mine = ++this.#newest;
    this.loading = true;
    const joint = this.#path.includes('?') ? '&' : '?';
    try {
      const { data } = await session.ask<P>(
        cursor === null ? this.#path : `${this.#path}${joint}cursor=${encodeURIComponent(cursor)}`,
      );
      if (mine !== this.#newest) return;
      this.items = cursor === null ? data.items : [...this.items, ...data.items];
      this.page = data;
      this.next = data.next;
      this.loaded = true;
      this.error = null;
    } catch (cause) {
      if (mine === this.#newest) this.error = cause;
    } finally {
      if (mine === this.#newest) this.loading = false;
    }
  }
}
