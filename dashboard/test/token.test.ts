import { describe, expect, it } from 'vitest';
import { claimsOf, clean, tokenOf } from '../src/lib/token';

const jwt = (payload: unknown) =>
  `eyJ.${btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(payload)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')}.s`;

describe('the fragment', () => {
  it.each([
    ['#token=a.b.c', 'a.b.c'],
    ['#token=a.b.c&x=1', 'a.b.c'],
    ['#token=a%2Eb.c', 'a.b.c'],
    ['#token=', null],
    ['#/failures?token=a', null],
    ['', null],
  ])('%s holds %s', (fragment, token) => expect(tokenOf(fragment)).toBe(token));
});

describe('pasted text', () => {
  it.each([
    [' a.b.c\n', 'a.b.c'],
    ['"a.b.c"', 'a.b.c'],
    ['Bearer a.b.c', 'a.b.c'],
    ['a.b\n.c', 'a.b.c'],
    ['  ', null],
  ])('%j is %s', (text, token) => expect(clean(text)).toBe(token));
});

describe('what a token says of itself', () => {
  it('is read, names beyond ASCII too', () => {
    expect(claimsOf(jwt({ sub: '김', roles: ['admin'], exp: 1_800_000_000 }))).toEqual({
      sub: '김',
      reads: true,
      administers: true,
      expires: new Date(1_800_000_000_000),
    });
  });

  it('reads a role as the server does', () => {
    const reads = (roles: unknown): boolean | undefined => claimsOf(jwt({ sub: 'a', roles }))?.reads;
    expect(['admin', ['viewer'], ['redeemer', 'operator']].map(reads)).toEqual([true, true, true]);
    expect([undefined, null, 'redeemer', ['redeemer'], [['admin']], { authority: 'admin' }].map(reads)).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  });

  it('knows an administrator from other staff', () => {
    const administers = (roles: unknown): boolean | undefined => claimsOf(jwt({ sub: 'a', roles }))?.administers;
    expect(['admin', ['viewer', 'admin']].map(administers)).toEqual([true, true]);
    expect([undefined, 'operator', ['viewer'], [['admin']]].map(administers)).toEqual([false, false, false, false]);
  });

  it.each(['', 'abc', 'a.b.c', 'a.bnVsbA.c'])('%j says nothing', (text) => expect(claimsOf(text)).toBeNull());
});
