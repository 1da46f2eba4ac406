/** The server's clock, as well as it can be known from here, and the time left by it. */

export class ServerClock {
  #offset = 0;
  #uncertainty = Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** An answer that carried the server's time: it was read somewhere between sending and receiving. */
  learn(serverTime: string, sentAt: number, receivedAt: number): void {
    const server = Date.parse(serverTime);
    const uncertainty = (receivedAt - sentAt) / 2;
    // The quickest answer knows best; an older one fades, so that a clock that was set is believed in the end.
    if (Number.isNaN(server) || uncertainty > this.#uncertainty) {
      this.#uncertainty *= 1.5;
      return;
    }
    this.#uncertainty = uncertainty;
    this.#offset = server - (sentAt + uncertainty);
  }

  get known(): boolean {
    return this.#uncertainty !== Infinity;
  }

  /** Milliseconds since 1970 on the server; goes on evenly whatever the device's own clock is set to. */
  time(): number {
    return this.now() + this.#offset;
  }
}

export interface Left {
  over: boolean;
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** Rounded up, so that it says 1 until the very moment, and 0 never before it. */
export function left(untilMs: number, nowMs: number): Left {
  const whole = Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
  return {
    over: untilMs <= nowMs,
    days: Math.floor(whole / 86_400),
    hours: Math.floor(whole / 3600) % 24,
    minutes: Math.floor(whole / 60) % 60,
    seconds: whole % 60,
  };
}
