/** A made-up Sunchak for looking at the pages: campaigns, a drop, a drain, failures, alarms. Nothing is kept. */

const YEAR = 365 * 86_400_000;
export const iso = (ms) => new Date(ms).toISOString();

export class Refused extends Error {
  constructor(status, code, more = {}) {
    super(more.detail ?? code);
    Object.assign(this, { status, code, more });
  }
}

export class World {
  campaigns = new Map();
  failures = new Map();
  audits = [];
  runs = new Map();
  drop = null;
  startedAt = Date.now() - 3 * 3_600_000;
  checkedAt = Date.now();
  engines = { redis: 'UP', postgres: 'UP' };
  total = { ACCEPTED: 48_211, ALREADY: 1_204, SOLD_OUT: 902_118, NOT_OPEN: 3_310 };
  second = {};
  drained = 0;
  background = 0;
  drift = 0;
  lastError = null;

  constructor({ empty = false } = {}) {
    if (empty) return;
    const now = Date.now();
    this.add('demo-coffee', 'A coffee on us', 10_000, now - 7_200_000, { issued: 6_204 });
    this.add('demo-chicken', '치킨 반값 쿠폰', 1_000, now + 95_000);
    this.add('demo-sold-out', 'Gone in a second', 10, now - 86_400_000, { issued: 10, soldOutAt: now - 86_399_200 });
    this.add('xss-check', '<img src=x onerror="alert(1)"> & <b>bold</b> ', 500, now - 3_600_000, { issued: 121 });
    this.add('newsletter', 'Welcome coupon, for everybody who asks', null, now - 30 * 86_400_000, { issued: 31_876 });
    this.add('winter-boots', '겨울 부츠 7만 원 할인 쿠폰', 3_000, now - 9_000_000, { issued: 812, paused: true });
    this.audit('ops|kim', 'CAMPAIGN_CREATED', 'winter-boots', 'stock 3000');
    this.audit('ops|kim', 'CAMPAIGN_CHANGED', 'winter-boots', 'totalStock 2000 → 3000');
    this.audit('auth0|5f7c8ec7c33c6c004bbafe82', 'CAMPAIGN_PAUSED', 'winter-boots', '');
  }

  add(id, name, total, opens, more = {}) {
    const c = {
      id,
      name,
      total,
      opensAt: opens,
      closesAt: opens + YEAR,
      issued: 0,
      stored: more.issued ?? 0,
      issuers: new Map(),
      log: [],
      paused: false,
      closed: false,
      version: 1,
      soldOutAt: null,
      ...more,
    };
    this.campaigns.set(id, c);
    return c;
  }

  audit(actor, action, campaignId, detail) {
    this.audits.unshift({ id: this.audits.length + 1, at: iso(Date.now()), actor, action, campaignId, detail });
  }

  find(id) {
    const c = this.campaigns.get(id);
    if (!c) throw new Refused(404, 'CAMPAIGN_NOT_FOUND');
    return c;
  }

  state(c) {
    const now = Date.now();
    if (c.closed || now >= c.closesAt) return 'CLOSED';
    if (c.paused) return 'PAUSED';
    if (c.issued === 0 && now < c.opensAt) return 'SCHEDULED';
    return c.total !== null && c.issued >= c.total ? 'SOLD_OUT' : 'OPEN';
  }

  view(c) {
    return {
      id: c.id,
      name: c.name,
      state: this.state(c),
      totalStock: c.total,
      remaining: c.total === null ? null : c.total - c.issued,
      opensAt: iso(c.opensAt),
      closesAt: iso(c.closesAt),
      eligibility: c.eligibility ?? null,
      serverTime: iso(Date.now()),
    };
  }

  admin = (c) => ({
    ...this.view(c),
    codes: c.codes ?? 'NONE',
    couponValidFrom: c.couponValidFrom ?? null,
    couponValidUntil: c.couponValidUntil ?? null,
    couponValidFor: c.couponValidFor ?? null,
    version: c.version,
    issued: c.issued,
  });

  count(outcome, n = 1) {
    this.second[outcome] = (this.second[outcome] ?? 0) + n;
    this.total[outcome] = (this.total[outcome] ?? 0) + n;
  }

  issue(c, user) {
    const held = c.issuers.get(user);
    if (held) {
      this.count('ALREADY');
      return { again: true, ...held };
    }
    const state = this.state(c);
    if (state !== 'OPEN') {
      this.count(state === 'SCHEDULED' ? 'NOT_OPEN' : state);
      throw new Refused(409, state === 'SCHEDULED' ? 'NOT_OPEN' : state, state === 'SCHEDULED' ? { opensAt: iso(c.opensAt) } : {});
    }
    return this.accept(c, user);
  }

  accept(c, user) {
    const held = { user, sequence: ++c.issued, acceptedAt: Date.now(), issuedAt: null };
    c.issuers.set(user, held);
    c.log.push(held);
    if (c.total !== null && c.issued >= c.total) c.soldOutAt = Date.now();
    this.count('ACCEPTED');
    return held;
  }

  /** Twenty times a second: background shoppers, the drop's next slice, the drain. */
  tick() {
    const coffee = this.campaigns.get('demo-coffee');
    if (coffee && this.background > 0 && this.state(coffee) === 'OPEN') {
      for (let i = 0; i < this.background * (0.5 + Math.random()) && coffee.issued < coffee.total; i++) this.accept(coffee, `u${Math.floor(Math.random() * 1e9)}`);
      if (Math.random() < 0.4) this.count('ALREADY', Math.ceil(this.background / 3));
    }
    this.#dropOn();
    if (this.engines.postgres === 'UP') this.#drain();
  }

  #dropOn() {
    const d = this.drop;
    if (!d || d.state !== 'RUNNING') return;
    const c = d.campaign;
    const slice = 1_300;
    for (let i = 0; i < slice && d.sent < d.users; i++, d.sent++) {
      const full = c.issued >= c.total;
      if (full) this.count('SOLD_OUT');
      else this.accept(c, d.sent % 2_003 === 7 ? `bad'user|"><svg/onload=alert(${d.sent})>` : `u${d.sent + 1}`);
    }
    if (d.sent >= d.users && c.log.length === 0) {
      d.state = 'DONE';
      d.report = {
        campaign: c.id,
        users: d.users,
        stock: c.total,
        accepted: c.issued,
        refused: { SOLD_OUT: d.users - c.issued },
        unknown: 0,
        rows: c.stored,
        acceptedPerSecond: 24_310.5,
        acceptedP50Ms: 14.2,
        acceptedP99Ms: 61.7,
        refusedP50Ms: 3.1,
        refusedP99Ms: 22.4,
        answeredMs: (d.users / 26_000) * 1000,
        storedMs: (d.users / 26_000) * 1000 + 180,
        judge: 'ok',
        violations: [],
      };
    }
  }

  #drain() {
    for (const c of this.campaigns.values()) {
      for (const held of c.log.splice(0, 700)) {
        if (held.user.startsWith('bad')) this.fail(c, held);
        else {
          held.issuedAt = Date.now();
          c.stored++;
          this.drained++;
        }
      }
    }
  }

  fail(c, held, reason = 'new row for relation "coupon" violates check constraint "coupon_user_id_check"') {
    const id = `${c.id}:${held.sequence}`;
    this.lastError = { text: `23514 ${reason}`, at: Date.now() };
    this.failures.set(id, {
      id,
      campaignId: c.id,
      sequence: held.sequence,
      userId: held.user,
      acceptedAt: iso(held.acceptedAt),
      reason,
      state: 'OPEN',
      attempts: 1,
      firstAt: iso(Date.now()),
      lastAt: iso(Date.now()),
      held,
    });
  }

  openFailures = () => [...this.failures.values()].filter((f) => f.state === 'OPEN');

  snapshot() {
    const now = Date.now();
    const perSecond = this.second;
    const busy = Object.values(perSecond).reduce((a, b) => a + b, 0);
    this.second = {};
    const drained = this.drained;
    this.drained = 0;
    const open = this.openFailures();
    const campaigns = [...this.campaigns.values()].reverse().map((c) => ({
      id: c.id,
      name: c.name,
      state: this.state(c),
      total: c.total,
      issued: c.issued,
      remaining: c.total === null ? null : c.total - c.issued,
      stored: c.stored,
      openFailures: open.filter((f) => f.campaignId === c.id).length,
      backlog: c.log.length,
      lagSeconds: c.log.length ? (now - c.log[0].acceptedAt) / 1000 : 0,
      opensAt: iso(c.opensAt),
      closesAt: iso(c.closesAt),
      soldOutAt: c.soldOutAt ? iso(c.soldOutAt) : null,
    }));
    const lag = Math.max(0, ...campaigns.map((c) => c.lagSeconds));
    const alarms = [];
    if (open.length) alarms.push({ kind: 'FAILURES', campaignId: open[0].campaignId, since: open[0].firstAt, value: open.length });
    if (this.drift) alarms.push({ kind: 'DRIFT', campaignId: 'demo-coffee', since: iso(this.checkedAt), value: this.drift });
    if (lag > 10) alarms.push({ kind: 'BACKLOG', since: iso(now - lag * 1000), value: lag });
    if (Object.values(this.engines).includes('DOWN')) alarms.push({ kind: 'ENGINE_DOWN', since: iso(now - 5000), value: 1 });
    if (now - this.checkedAt > 15_000) this.checkedAt = now;
    const wobble = 1 + Math.random() * 0.4;
    return {
      at: iso(now),
      node: 'node-1',
      version: '0.1.0',
      startedAt: iso(this.startedAt),
      demo: true,
      unsafe: false,
      declaredDurability: null,
      engines: this.engines,
      requests: {
        perSecond,
        p50Ms: busy ? (busy > 5000 ? 11 : 1.6) * wobble : null,
        p95Ms: busy ? (busy > 5000 ? 38 : 3.9) * wobble : null,
        p99Ms: busy ? (busy > 5000 ? 64 : 7.8) * wobble : null,
        total: this.total,
      },
      drain: {
        rowsPerSecond: drained,
        batchSize: drained ? Math.min(1000, Math.ceil(drained / 14)) : null,
        commitMs: drained ? 2.1 * wobble : null,
        lastError: this.lastError?.text ?? null,
        lastErrorAt: this.lastError ? iso(this.lastError.at) : null,
      },
      campaigns,
      failures: { open: open.length, latestReason: open.at(-1)?.reason ?? null },
      consistency: { checkedAt: iso(this.checkedAt), driftCount: this.drift, campaigns: [...this.campaigns.values()].map((c) => this.compared(c)) },
      alarms,
    };
  }

  compared(c) {
    const kept = [...this.failures.values()].filter((f) => f.campaignId === c.id).length;
    const off = c.id === 'demo-coffee' ? this.drift : 0;
    return {
      campaignId: c.id,
      redisIssued: c.issued,
      ledgerRows: c.stored - off,
      ledgerFailures: kept,
      backlog: c.log.length,
      gaps: off,
      duplicates: 0,
      total: c.total,
      verdict: off ? 'DRIFT' : 'AGREES',
    };
  }

  replay(id, actor) {
    const f = this.failures.get(id);
    if (!f) {
      const [campaign, sequence] = [id.slice(0, id.lastIndexOf(':')), Number(id.slice(id.lastIndexOf(':') + 1))];
      const held = [...(this.campaigns.get(campaign)?.issuers.values() ?? [])].find((h) => h.sequence === sequence);
      if (!held) throw new Refused(404, 'NOT_FOUND');
      return { id, outcome: 'ALREADY_ISSUED', campaignId: campaign, sequence, userId: held.user };
    }
    if (f.state !== 'OPEN') throw new Refused(409, 'DISCARDED');
    if (f.attempts === 1 && f.sequence % 3 === 0) {
      f.attempts++;
      f.lastAt = iso(Date.now());
      throw new Refused(409, 'REPLAY_FAILED', { detail: f.reason });
    }
    this.failures.delete(id);
    f.held.issuedAt = Date.now();
    this.find(f.campaignId).stored++;
    if (actor) this.audit(actor, 'FAILURE_REPLAYED', f.campaignId, `number ${f.sequence} of ${f.userId}`);
    return { id, outcome: 'ISSUED', campaignId: f.campaignId, sequence: f.sequence, userId: f.userId };
  }
}
