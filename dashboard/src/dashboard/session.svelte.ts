/** The admin's token in this tab, and calls made with it. */

import { ask, download, Problem, type Answer, type Call } from '../lib/http';
import { ADMIN_TOKEN, claimsOf, takeFromAddress } from '../lib/token';
import { live } from './live.svelte';

class Session {
  token = $state<string | null>(null);
  /** The server refused a token that was used until now. */
  ended = $state(false);
  claims = $derived(this.token === null ? null : claimsOf(this.token));

  open(): void {
    takeFromAddress(ADMIN_TOKEN);
    this.#use(sessionStorage.getItem(ADMIN_TOKEN));
  }

  /** The address got a token while the page was open already. */
  fromAddress(): void {
    if (takeFromAddress(ADMIN_TOKEN)) this.#use(sessionStorage.getItem(ADMIN_TOKEN));
  }

  logIn(token: string): void {
    sessionStorage.setItem(ADMIN_TOKEN, token);
    this.#use(token);
  }

  logOut(ended = false): void {
    sessionStorage.removeItem(ADMIN_TOKEN);
    live.stop();
    this.token = null;
    this.ended = ended;
  }

  async ask<T>(path: string, call: Call = {}): Promise<Answer<T>> {
    return this.askAt(`api/v1/admin${path}`, call);
  }

  /** A call that is not for administrators alone. */
  async askAt<T>(path: string, call: Call): Promise<Answer<T>> {
    return this.#watched(ask<T>(path, { ...call, token: this.token }));
  }

  async download(path: string, name: string, signal: AbortSignal, progress: (bytes: number) => void): Promise<void> {
    return this.#watched(download(`api/v1/admin${path}`, name, { token: this.token, signal }, progress));
  }

  async #watched<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (cause) {
      if (cause instanceof Problem && cause.status === 401) this.logOut(true);
      throw cause;
    }
  }

  #use(token: string | null): void {
    this.token = token;
    this.ended = false;
    if (token === null) live.stop();
    else live.start(token);
  }
}

export const session = new Session();
