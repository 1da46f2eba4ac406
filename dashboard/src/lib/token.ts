/** A token comes in the fragment (which no server and no log ever sees) or by hand, and stays in this tab. */

export const ADMIN_TOKEN = 'sunchak.admin-token';
export const USER_TOKEN = 'sunchak.user-token';

/** The token of `#token=…`, if that is what the fragment holds. */
export function tokenOf(fragment: string): string | null {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  if (!text.startsWith('token=')) return null;
  return clean(new URLSearchParams(text).get('token') ?? '');
}

/** Pasted text, without the quotes, line breaks and the word Bearer that come along with it. */
export function clean(text: string): string | null {
  const token = text.replace(/\s+/g, ' ').trim().replace(/^Bearer /i, '').replace(/[\s"']/g, '');
  return token === '' ? null : token;
}

/** Moves a token from the address bar to `sessionStorage`; whether there was one. */
export function takeFromAddress(key: string): boolean {
  const token = tokenOf(location.hash);
  if (token === null) return false;
  sessionStorage.setItem(key, token);
  history.replaceState(history.state, '', location.pathname + location.search);
  return true;
}

const READERS: unknown[] = ['viewer', 'operator', 'admin'];

export interface Claims {
  sub: string | null;
  /** Whether it carries a role with which the dashboard can be read. */
  reads: boolean;
  /** Whether it carries the role of administrators. */
  administers: boolean;
  expires: Date | null;
}

/** What the token says of itself, unverified: only to tell the person early what the server will say. */
export function claimsOf(token: string): Claims | null {
  const payload = token.split('.')[1];
  if (payload === undefined) return null;
  try {
    const binary = atob(payload.replace(/-/g, '+').replace(/_/g, '/'));
    const json: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
    if (typeof json !== 'object' || json === null) return null;
    const { sub, roles, exp } = json as Record<string, unknown>;
    const all: unknown[] = Array.isArray(roles) ? roles : [roles];
    return {
      sub: typeof sub === 'string' ? sub : null,
      reads: all.some((role) => READERS.includes(role)),
      administers: all.includes('admin'),
      expires: typeof exp === 'number' ? new Date(exp * 1000) : null,
    };
  } catch {
    return null;
  }
}
