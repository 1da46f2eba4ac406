/** Numbers, durations and instants as text. An instant is shown in the viewer's zone and, beside it, in UTC. */

export type Language = 'ko' | 'en';

const plain = new Intl.NumberFormat('en-US');
const oneDigit = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** 10000 → 10,000: both languages group alike. */
export function count(value: number): string {
  return plain.format(Math.round(value));
}

/** A count that must fit an axis: 25000 → 25K. */
export function short(value: number): string {
  return Math.abs(value) < 1000 ? oneDigit.format(value) : compact.format(value);
}

/** A rate: whole from ten up, one digit below, so that 0.4 a second is not shown as none. */
export function rate(value: number): string {
  return value > 0 && value < 10 ? oneDigit.format(value) : count(value);
}

export function millis(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (value >= 10_000) return `${oneDigit.format(value / 1000)} s`;
  if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  if (value >= 100) return `${Math.round(value)} ms`;
  if (value >= 10) return `${value.toFixed(1)} ms`;
  return `${value.toFixed(2)} ms`;
}

const UNITS = {
  en: { d: ' d', h: ' h', m: ' min', s: ' s' },
  ko: { d: '일', h: '시간', m: '분', s: '초' },
};

/** The two largest units: 3725 → "1 h 2 min"; below ten seconds with a digit, below one with three. */
export function duration(seconds: number, language: Language): string {
  const unit = UNITS[language];
  const s = Math.max(0, seconds);
  if (s > 0 && s < 1) return `${s.toFixed(3)}${unit.s}`;
  if (s < 10) return `${oneDigit.format(s)}${unit.s}`;
  const whole = Math.floor(s);
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), unit.d],
    [Math.floor(whole / 3600) % 24, unit.h],
    [Math.floor(whole / 60) % 60, unit.m],
    [whole % 60, unit.s],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, name]) => n + name)
    .join(' ');
}

/** How long ago: a digit below ten seconds, so that one sees it live. */
export function age(ms: number, language: Language): string {
  return ms < 10_000 ? `${(Math.max(0, ms) / 1000).toFixed(1)}${UNITS[language].s}` : duration(ms / 1000, language);
}

export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  if (value < 1024 * 1024) return `${oneDigit.format(value / 1024)} kB`;
  return `${oneDigit.format(value / 1024 / 1024)} MB`;
}

const two = (n: number) => String(n).padStart(2, '0');
const three = (n: number) => String(n).padStart(3, '0');

/** Whole seconds stand without milliseconds; what a machine recorded stands with them. */
export type Precision = 'minute' | 'second' | 'millisecond';

function time(h: number, m: number, s: number, ms: number, precision: Precision): string {
  if (precision === 'minute' && s === 0) return `${two(h)}:${two(m)}`;
  const seconds = `${two(h)}:${two(m)}:${two(s)}`;
  return precision === 'millisecond' ? `${seconds}.${three(ms)}` : seconds;
}

export function localDate(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function localTime(at: Date, precision: Precision = 'second'): string {
  return time(at.getHours(), at.getMinutes(), at.getSeconds(), at.getMilliseconds(), precision);
}

/** The zone's name at that instant, such as GMT+9. */
export function zone(at: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(at);
  return parts.find((p) => p.type === 'timeZoneName')?.value ?? '';
}

/** "12:00:00.377" on the viewer's own day, with the date on any other. */
export function local(at: Date, now: Date, precision: Precision = 'second'): string {
  const day = localDate(at);
  const clock = localTime(at, precision);
  return day === localDate(now) ? clock : `${day} ${clock}`;
}

/** "03:00:00.377 UTC", with the date where the viewer's day is another one. */
export function utc(at: Date, precision: Precision = 'second'): string {
  const clock = time(at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds(), at.getUTCMilliseconds(), precision);
  const day = at.toISOString().slice(0, 10);
  return `${day === localDate(at) ? '' : `${day} `}${clock} UTC`;
}

/** For a sentence that leaves the page: date, both clocks. */
export function spoken(at: Date, precision: Precision = 'millisecond'): string {
  const here = `${localDate(at)} ${localTime(at, precision)}`;
  return at.getTimezoneOffset() === 0 ? `${here} UTC` : `${here} ${zone(at)} (${utc(at, precision)})`;
}

/** What `<input type="datetime-local">` wants, and back. */
export function toInput(at: Date): string {
  return `${localDate(at)}T${time(at.getHours(), at.getMinutes(), at.getSeconds(), 0, 'second')}`;
}

export function fromInput(text: string): Date | null {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at;
}
