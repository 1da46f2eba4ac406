/** Calls to the server: an answer, a problem with a code, or nothing at all. */

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string | null,
    readonly errors: { field: string; rule: string }[],
    readonly retryAfterMs: number | null,
    readonly opensAt: string | null,
  ) {
    super(detail ?? title);
  }
}

/** This file stands in `assets/` beside the pages, so the site begins one step above it: a proxy may have put it below a prefix. */
const here = import.meta.url;

/** A path of this site as a whole address, wherever the page itself stands. */
export function at(path: string): string {
  return new URL(`../${path}`, here).href;
}

/** No answer came: the request may or may not have been carried out. */
export class Unreachable extends Error {}

export interface Call {
  method?: 'GET' | 'POST' | 'PATCH';
  token?: string | null;
  body?: unknown;
  version?: number;
  signal?: AbortSignal;
  patienceMs?: number;
}

export interface Answer<T> {
  status: number;
  data: T;
}

const PATIENCE = 30_000;

async function send(path: string, call: Call): Promise<Response> {
  const headers: Record<string, string> = {};
  if (call.token) headers['Authorization'] = `Bearer ${call.token}`;
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  if (call.version !== undefined) headers['If-Match'] = `"${call.version}"`;
  const limit = AbortSignal.timeout(call.patienceMs ?? PATIENCE);
  try {
    return await fetch(at(path), {
      method: call.method ?? 'GET',
      headers,
      body: call.body === undefined ? null : JSON.stringify(call.body),
      cache: 'no-store',
      signal: call.signal ? AbortSignal.any([call.signal, limit]) : limit,
    });
  } catch (cause) {
    throw new Unreachable('no answer', { cause });
  }
}

/** The JSON of a good answer; a {@link Problem} for a bad one. */
export async function ask<T>(path: string, call: Call = {}): Promise<Answer<T>> {
  const answer = await send(path, call);
  if (!answer.ok) throw await problem(answer);
  try {
    return { status: answer.status, data: (await answer.json()) as T };
  } catch (cause) {
    throw new Unreachable('half an answer', { cause });
  }
}

async function problem(answer: Response): Promise<Problem> {
  let body: Record<string, unknown> = {};
  try {
    body = (await answer.json()) as Record<string, unknown>;
  } catch {
    // A proxy's page, not the server's word.
  }
  const text = (key: string) => (typeof body[key] === 'string' ? body[key] : null);
  const seconds = Number(answer.headers.get('Retry-After') ?? NaN);
  return new Problem(
    answer.status,
    text('code') ?? `HTTP_${answer.status}`,
    text('title') ?? answer.statusText,
    text('detail'),
    Array.isArray(body['errors']) ? (body['errors'] as Problem['errors']) : [],
    Number.isFinite(seconds) ? seconds * 1000 : null,
    text('opensAt'),
  );
}

/** Saves what the server streams; the link could not carry the token. `progress` is told the bytes so far. */
export async function download(
  path: string,
  name: string,
  call: Call,
  progress: (bytes: number) => void,
): Promise<void> {
  const answer = await send(path, { ...call, patienceMs: 30 * 60_000 });
  if (!answer.ok || !answer.body) throw await problem(answer);
  let seen = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        progress((seen += chunk.byteLength));
        controller.enqueue(chunk);
      },
    }),
  );
  let blob: Blob;
  try {
    blob = await new Response(counted, { headers: { 'Content-Type': 'text/csv;charset=utf-8' } }).blob();
  } catch (cause) {
    throw new Unreachable('half a file', { cause });
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = /filename="([\w.-]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
