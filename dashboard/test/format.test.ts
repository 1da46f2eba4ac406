import { afterEach, describe, expect, it, vi } from 'vitest';
import * as f from '../src/lib/format';

// Korea has had no summer time since 1988, so its hours can be written down here.
vi.stubEnv('TZ', 'Asia/Seoul');
afterEach(() => vi.stubEnv('TZ', 'Asia/Seoul'));

const noon = new Date('2026-12-24T03:00:00.377Z');

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.44, '0.4'],
    [9.96, '10'],
    [10.4, '10'],
    [25_113.4, '25,113'],
  ])('a rate of %f is %s', (n, text) => expect(f.rate(n)).toBe(text));

  it.each([
    [null, '–'],
    [NaN, '–'],
    [0.4249, '0.42 ms'],
    [14.24, '14.2 ms'],
    [377.4, '377 ms'],
    [1240, '1.24 s'],
    [12_300, '12.3 s'],
  ])('%s milliseconds are %s', (n, text) => expect(f.millis(n)).toBe(text));

  it('counts bytes', () => {
    expect([512, 2048, 3 * 1024 * 1024].map(f.bytes)).toEqual(['512 B', '2 kB', '3 MB']);
  });
});

describe('durations', () => {
  it.each([
    [0, '0 s', '0초'],
    [0.377, '0.377 s', '0.377초'],
    [4.26, '4.3 s', '4.3초'],
    [59.9, '59 s', '59초'],
    [125, '2 min 5 s', '2분 5초'],
    [3600, '1 h', '1시간'],
    [3725, '1 h 2 min', '1시간 2분'],
    [90_061, '1 d 1 h', '1일 1시간'],
    [-5, '0 s', '0초'],
  ])('%f seconds are "%s" and "%s"', (s, en, ko) => {
    expect(f.duration(s, 'en')).toBe(en);
    expect(f.duration(s, 'ko')).toBe(ko);
  });

  it('tells an age with one digit while it is young', () => {
    expect([0, 950, 9_940, 65_000].map((ms) => f.age(ms, 'en'))).toEqual(['0.0 s', '0.9 s', '9.9 s', '1 min 5 s']);
  });
});

describe('instants', () => {
  it('stand in the viewer’s zone, without the date on the same day', () => {
    expect(f.local(noon, new Date('2026-12-24T14:59:59Z'), 'millisecond')).toBe('12:00:00.377');
    expect(f.local(noon, new Date('2026-12-24T15:00:00Z'))).toBe('2026-12-24 12:00:00');
  });

  it('stand in UTC beside it, with the date where that is another day', () => {
    expect(f.utc(noon, 'millisecond')).toBe('03:00:00.377 UTC');
    expect(f.utc(new Date('2026-12-24T16:00:00Z'), 'minute')).toBe('2026-12-24 16:00 UTC');
  });

  it('never hide seconds that are there', () => {
    expect(f.localTime(new Date('2026-12-24T03:00:07Z'), 'minute')).toBe('12:00:07');
  });

  it('are spoken with both clocks, and with one where both are the same', () => {
    expect(f.spoken(noon)).toBe('2026-12-24 12:00:00.377 GMT+9 (03:00:00.377 UTC)');
    vi.stubEnv('TZ', 'UTC');
    expect(f.spoken(noon)).toBe('2026-12-24 03:00:00.377 UTC');
  });

  it('go into an input and come back', () => {
    expect(f.toInput(noon)).toBe('2026-12-24T12:00:00');
    expect(f.fromInput('2026-12-24T12:00:00')?.toISOString()).toBe('2026-12-24T03:00:00.000Z');
    expect(f.fromInput('')).toBeNull();
  });
});
