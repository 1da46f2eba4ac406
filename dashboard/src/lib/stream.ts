/** The admin stream, read by `fetch`, because an EventSource cannot carry the bearer token. */

export interface ServerEvent {
  event: string;
  data: string;
}

const LONGEST = 8 * 1024 * 1024;

/** Server-sent events out of text that arrives in pieces cut anywhere. */
export class EventStreamParser {
  #rest = '';
  #event = '';
  #data: string[] = [];

  push(text: string): ServerEvent[] {
    this.#rest += text;
    if (this.#rest.length > LONGEST) throw new Error('a line without an end');
    const events: ServerEvent[] = [];
    for (;;) {
      const end = this.#rest.search(/[\r\n]/);
      // A CR at the very end may be the first half of a CRLF.
      if (end < 0 || (this.#rest[end] === '\r' && end === this.#rest.length - 1)) return events;
      const line = this.#rest.slice(0, end);
      const wide = this.#rest[end] === '\r' && this.#rest[end + 1] === '\n';
      this.#rest = this.#rest.slice(end + (wide ? 2 : 1));
      const event = this.#line(line);
      if (event) events.push(event);
    }
  }

  #line(line: string): ServerEvent | null {
    if (line === '') {
      const done = this.#data.length > 0 ? { event: this.#event || 'message', data: this.#data.join('\n') } : null;
      this.#event = '';
      this.#data = [];
      return done;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'event') this.#event = value;
    if (field === 'data') this.#data.push(value);
    return null;
  }
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;
/** Snapshots come once a second and heartbeats between them: this long a silence is a dead connection. */
const SILENCE = 10_000;

/** Doubling, half of it random, so that two hundred viewers do not come back in the same instant. */
export function backOff(attempt: number, random: () => number): number {
  const full = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
  return full / 2 + (random() * full) / 2;
}

export type Phase =
  | { kind: 'connecting'; attempt: number }
  | { kind: 'live' }
  | { kind: 'waiting'; attempt: number; until: number }
  | { kind: 'refused'; status: number };

export interface Surroundings {
  fetch: typeof fetch;
  now: () => number;
  random: () => number;
  setTimeout: (work: () => void, ms: number) => number;
  clearTimeout: (id: number) => void;
}

export const browser: Surroundings = {
  fetch: (...args) => fetch(...args),
  now: () => performance.now(),
  random: Math.random,
  setTimeout: (work, ms) => window.setTimeout(work, ms),
  clearTimeout: (id) => window.clearTimeout(id),
};

/** Keeps one connection up until it is stopped or refused; never more than one at a time. */
export class SnapshotStream<T> {
  #attempt = 0;
  #timer: number | undefined;
  #connection: AbortController | undefined;
  #stopped = false;

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly on: { phase: (phase: Phase) => void; snapshot: (snapshot: T) => void },
    private readonly around: Surroundings = browser,
  ) {}

  start(): void {
    void this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#clear();
    this.#connection?.abort();
  }

  /** The network is back or the person is: try now instead of at the end of the wait. */
  hurry(): void {
    if (this.#stopped || this.#connection) return;
    this.#clear();
    void this.#connect();
  }

  #clear(): void {
    if (this.#timer !== undefined) this.around.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #connect(): Promise<void> {
    const connection = new AbortController();
    this.#connection = connection;
    this.on.phase({ kind: 'connecting', attempt: this.#attempt });
    this.#expectBytes(connection);
    let refused = 0;
    try {
      refused = await this.#read(connection);
    } catch {
      // Cut, silent or never reached: all the same to the person, and answered by another try.
    }
    connection.abort();
    this.#clear();
    this.#connection = undefined;
    if (this.#stopped) return;
    if (refused) {
      this.#stopped = true;
      this.on.phase({ kind: 'refused', status: refused });
      return;
    }
    const wait = backOff(this.#attempt++, this.around.random);
    this.on.phase({ kind: 'waiting', attempt: this.#attempt, until: this.around.now() + wait });
    this.#timer = this.around.setTimeout(() => {
      this.#timer = undefined;
      void this.#connect();
    }, wait);
  }

  #expectBytes(connection: AbortController): void {
    this.#clear();
    this.#timer = this.around.setTimeout(() => connection.abort(), SILENCE);
  }

  /** Reads to the end; the status, where another try with this token is useless. */
  async #read(connection: AbortController): Promise<number> {
    const answer = await this.around.fetch(this.url, {
      headers: { Authorization: `Bearer ${this.token}`, Accept: 'text/event-stream' },
      cache: 'no-store',
      signal: connection.signal,
    });
    if (answer.status === 401 || answer.status === 403 || answer.status === 404) return answer.status;
    if (!answer.ok || !answer.body) return 0;
    const parser = new EventStreamParser();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || this.#stopped) return 0;
      this.#expectBytes(connection);
      for (const event of parser.push(value)) {
        if (event.event !== 'snapshot') continue;
        const snapshot = JSON.parse(event.data) as T;
        this.#attempt = 0;
        this.on.phase({ kind: 'live' });
        this.on.snapshot(snapshot);
      }
    }
  }
}
