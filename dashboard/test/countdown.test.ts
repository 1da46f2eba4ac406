import { describe, expect, it } from 'vitest';
import { left, ServerClock } from '../src/lib/countdown';

const noon = Date.parse('2026-12-24T03:00:00Z');

describe('the server’s clock', () => {
  it('is taken in the middle between sending and receiving', () => {
    let now = 5_000;
    const clock = new ServerClock(() => now);
    expect(clock.known).toBe(false);
    clock.learn('2026-12-24T03:00:00Z', 1_000, 1_200);
    now = 1_100;
    expect(clock.time()).toBe(noon);
    now = 11_100;
    expect(clock.time()).toBe(noon + 10_000);
  });

  it('believes the quicker answer, and not a slow one after it', () => {
    const clock = new ServerClock(() => 0);
    clock.learn('2026-12-24T03:00:00Z', 0, 1_000);
    clock.learn('2026-12-24T03:00:00Z', 0, 20);
    expect(clock.time()).toBe(noon - 10);
    clock.learn('2026-12-24T03:00:09Z', 0, 4_000);
    expect(clock.time()).toBe(noon - 10);
  });

  it('believes a new clock in the end', () => {
    const clock = new ServerClock(() => 0);
    clock.learn('2026-12-24T03:00:00Z', 0, 20);
    for (let i = 0; i < 10; i++) clock.learn('2026-12-24T04:00:00Z', 0, 100);
    expect(clock.time()).toBe(noon + 3_600_000 - 50);
  });

  it('ignores what is no time', () => {
    const clock = new ServerClock(() => 0);
    clock.learn('soon', 0, 20);
    expect(clock.known).toBe(false);
  });
});

describe('the time left', () => {
  it.each([
    [1, { over: false, days: 0, hours: 0, minutes: 0, seconds: 1 }],
    [1_000, { over: false, days: 0, hours: 0, minutes: 0, seconds: 1 }],
    [1_001, { over: false, days: 0, hours: 0, minutes: 0, seconds: 2 }],
    [0, { over: true, days: 0, hours: 0, minutes: 0, seconds: 0 }],
    [-5_000, { over: true, days: 0, hours: 0, minutes: 0, seconds: 0 }],
    [93_784_000, { over: false, days: 1, hours: 2, minutes: 3, seconds: 4 }],
  ])('%i ms before the opening', (ms, expected) => {
    expect(left(noon, noon - ms)).toEqual(expected);
  });
});
