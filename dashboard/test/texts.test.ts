import { describe, expect, it } from 'vitest';
import { CLAIM } from '../src/text/claim';
import { en } from '../src/text/en';
import { ko } from '../src/text/ko';
import { REPORT } from '../src/text/report';
import { explain } from '../src/text/problems';
import { Problem, Unreachable } from '../src/lib/http';

/** Every text by its path; a function is called with figures that both languages must use. */
function flat(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] => {
    const at = `${path}.${key}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function') return [[at, String((value as (...args: unknown[]) => string)(7, 9))]];
    return flat(value as object, at);
  });
}

describe.each([
  ['dashboard', en, ko],
  ['claim page', CLAIM.en, CLAIM.ko],
  ["bench's report", REPORT.en, REPORT.ko],
])('the texts of the %s', (_, english, korean) => {
  it('are the same ones in both languages', () => {
    expect(flat(korean).map(([path]) => path)).toEqual(flat(english).map(([path]) => path));
  });

  it('are never empty', () => {
    expect([...flat(english), ...flat(korean)].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('name the same figures', () => {
    const figures = (texts: object) => flat(texts).map(([path, text]) => [path, text.includes('7')]);
    const differing = figures(korean).filter(([, has], i) => has !== figures(english)[i]?.[1]);
    // Korean does not say how many there are where English has to choose singular or plural.
    expect(differing.map(([path]) => path)).toEqual([]);
  });
});

it('a problem is told in the person’s language, with the server’s detail', () => {
  const problem = new Problem(409, 'REPLAY_FAILED', 'title', 'check violated', [], null, null);
  expect(explain(problem, 'en')).toBe('The ledger refused it again. (check violated)');
  expect(explain(problem, 'ko')).toBe('원장이 이번에도 거부했습니다. (check violated)');
});

it('an unknown code is told as it is', () => {
  expect(explain(new Problem(418, 'TEAPOT', 'I am one', null, [], null, null), 'en')).toBe('TEAPOT: I am one');
});

it('no answer is told as no answer', () => {
  expect(explain(new Unreachable('x'), 'ko')).toBe('서버가 응답하지 않았습니다.');
});
