/** Durations as the server reads and writes them: whole seconds, at most 100 years, a day has 24 hours. */

const FORM = /^P(?:(\d{1,5})W|(?=\d|T\d)(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?)$/;
const UNITS = [7 * 86_400, 86_400, 3600, 60, 1];
const LONGEST = 36_500 * 86_400;

/** `P14D` in seconds; null if it is no duration that the server takes. */
export function isoSeconds(text: string): number | null {
  const parts = FORM.exec(text)?.slice(1);
  if (parts === undefined) return null;
  const seconds = parts.reduce((sum, digits, i) => sum + Number(digits ?? 0) * UNITS[i]!, 0);
  return seconds >= 1 && seconds <= LONGEST ? seconds : null;
}
