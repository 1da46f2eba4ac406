import { describe, expect, it } from 'vitest';
import { backOff, EventStreamParser, SnapshotStream, type Phase, type Surroundings } from '../src/lib/stream';

const TEXT = ': heartbeat\n\nevent: snapshot\ndata: {"a":1}\n\nevent:snapshot\r\ndata: {"a":\r\ndata: "한국"}\r\n\r\n';
const EVENTS = [
  { event: 'snapshot', data: '{"a":1}' },
  { event: 'snapshot', data: '{"a":\n"한국"}' },
];

describe('the parser', () => {
  it('reads the same events wherever the text is cut', () => {
    for (let cut = 0; cut <= TEXT.length; cut++) {
      const parser = new EventStreamParser();
      expect([...parser.push(TEXT.slice(0, cut)), ...parser.push(TEXT.slice(cut))]).toEqual(EVENTS);
    }
  });

  it('reads one character at a time', () => {
    const parser = new EventStreamParser();
    expect([...TEXT].flatMap((c) => parser.push(c))).toEqual(EVENTS);
  });

  it('keeps a half event to itself until its blank line', () => {
    const parser = new EventStreamParser();
    expect(parser.push('data: x\n')).toEqual([]);
    expect(parser.push('\n')).toEqual([{ event: 'message', data: 'x' }]);
  });

  it('gives up on a line that never ends', () => {
    const parser = new EventStreamParser();
    const piece = 'x'.repeat(1024 * 1024);
    expect(() => {
      for (let i = 0; i < 9; i++) parser.push(piece);
    }).toThrow();
  });
});

describe('the back-off', () => {
  it('doubles from half a second to ten', () => {
    expect([0, 1, 2, 3, 4, 5, 20].map((n) => backOff(n, () => 1))).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it('spreads over its upper half', () => {
    expect(backOff(3, () => 0)).toBe(2000);
    expect(backOff(3, () => 0.5)).toBe(3000);
  });
});

/** A network and a clock in the test's hands. */
class Net {
  calls: { init: RequestInit; answer: (response: Response) => void; fail: () => void }[] = [];
  timers = new Map<number, { at: number; work: () => void }>();
  time = 0;
  #ids = 0;

  around: Surroundings = {
    fetch: (_, init) =>
      new Promise((resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
        this.calls.push({ init: init ?? {}, answer: resolve, fail: () => reject(new Error('refused')) });
      }),
    now: () => this.time,
    random: () => 1,
    setTimeout: (work, ms) => {
      this.timers.set(++this.#ids, { at: this.time + ms, work });
      return this.#ids;
    },
    clearTimeout: (id) => void this.timers.delete(id),
  };

  async pass(ms: number): Promise<void> {
    this.time += ms;
    for (const [id, timer] of [...this.timers]) {
      if (timer.at > this.time) continue;
      this.timers.delete(id);
      timer.work();
    }
    await settle();
  }

  get last() {
    const call = this.calls.at(-1);
    if (!call) throw new Error('nobody called');
    return call;
  }

  /** Answers the newest call with a stream that the test writes to. */
  open(): { write: (text: string) => Promise<void>; end: () => Promise<void> } {
    let out!: ReadableStreamDefaultController<Uint8Array>;
    const signal = this.last.init.signal;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        out = controller;
        signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
      },
    });
    this.last.answer(new Response(body));
    const bytes = new TextEncoder();
    return {
      write: async (text) => (out.enqueue(bytes.encode(text)), await settle()),
      end: async () => (out.close(), await settle()),
    };
  }
}

const settle = () => new Promise<void>((done) => setTimeout(done, 5));
const event = (n: number) => `event: snapshot\ndata: ${JSON.stringify({ n })}\n\n`;

function started() {
  const net = new Net();
  const phases: Phase[] = [];
  const seen: number[] = [];
  const stream = new SnapshotStream<{ n: number }>(
    '/stream',
    'secret',
    { phase: (p) => phases.push(p), snapshot: (s) => seen.push(s.n) },
    net.around,
  );
  stream.start();
  return { net, phases, seen, stream, kinds: () => phases.map((p) => p.kind) };
}

describe('the stream', () => {
  it('carries the token in the header and hands on each snapshot', async () => {
    const { net, seen, kinds } = started();
    expect(net.last.init.headers).toMatchObject({ Authorization: 'Bearer secret' });
    const server = net.open();
    await server.write(': heartbeat\n\n');
    expect(kinds()).toEqual(['connecting']);
    await server.write(event(1) + event(2));
    expect(seen).toEqual([1, 2]);
    expect(kinds()).toEqual(['connecting', 'live', 'live']);
  });

  it('comes back by itself after the server went, each time later', async () => {
    const { net, phases, seen } = started();
    const server = net.open();
    await server.write(event(1));
    await server.end();
    expect(phases.at(-1)).toEqual({ kind: 'waiting', attempt: 1, until: 500 });
    await net.pass(499);
    expect(net.calls).toHaveLength(1);
    await net.pass(1);
    expect(net.calls).toHaveLength(2);
    net.last.fail();
    await settle();
    expect(phases.at(-1)).toEqual({ kind: 'waiting', attempt: 2, until: 1500 });
    await net.pass(1000);
    await net.open().write(event(7));
    expect(seen).toEqual([1, 7]);
  });

  it('starts the back-off anew once a snapshot came', async () => {
    const { net, phases } = started();
    for (let i = 0; i < 3; i++) {
      net.last.fail();
      await settle();
      await net.pass(10_000);
    }
    const server = net.open();
    await server.write(event(1));
    await server.end();
    expect(phases.at(-1)).toMatchObject({ kind: 'waiting', attempt: 1 });
  });

  it('leaves a connection that has gone silent', async () => {
    const { net, phases } = started();
    const server = net.open();
    await server.write(event(1));
    await net.pass(9_000);
    await server.write(': heartbeat\n\n');
    await net.pass(9_000);
    expect(phases.at(-1)?.kind).toBe('live');
    await net.pass(1_000);
    expect(phases.at(-1)?.kind).toBe('waiting');
  });

  it.each([401, 403, 404])('does not try a refused token again (%i)', async (status) => {
    const { net, phases } = started();
    net.last.answer(new Response('{}', { status }));
    await settle();
    expect(phases.at(-1)).toEqual({ kind: 'refused', status });
    await net.pass(60_000);
    expect(net.calls).toHaveLength(1);
  });

  it('tries again after any other answer', async () => {
    const { net, phases } = started();
    net.last.answer(new Response('{}', { status: 503 }));
    await settle();
    expect(phases.at(-1)?.kind).toBe('waiting');
  });

  it('hurries only while it waits', async () => {
    const { net, stream } = started();
    stream.hurry();
    expect(net.calls).toHaveLength(1);
    net.last.fail();
    await settle();
    stream.hurry();
    expect(net.calls).toHaveLength(2);
    await net.pass(500);
    expect(net.calls).toHaveLength(2);
  });

  it('is quiet once it is stopped', async () => {
    const { net, phases, stream } = started();
    const before = phases.length;
    stream.stop();
    await settle();
    await net.pass(60_000);
    expect(net.calls).toHaveLength(1);
    expect(phases).toHaveLength(before);
  });
});
