/**
 * The pages over a made-up server, for looking at them: `npm run dev`, then open the address it prints.
 * It has the real one's paths, problems and headers (its Content-Security-Policy, too) and none of its promises.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { iso, Refused, World } from './world.js';

const FILES = fileURLToPath(new URL('../../server/src/main/resources/dashboard/', import.meta.url));
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'";
const CODE = '1ZK3TQ-8W0H5D-7M9XVC';
const args = process.argv.slice(2);
const port = Number(args.find((a) => /^\d+$/.test(a)) ?? 4180);
const world = new World({ empty: args.includes('--empty') });
const viewers = new Set();
let frozen = false;

const token = (sub, roles) =>
  ['{"alg":"none"}', JSON.stringify({ sub, roles, exp: Math.floor(Date.now() / 1000) + 86_400 }), 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

function claims(request) {
  const sent = /^Bearer [^.]+\.([^.]+)\./.exec(request.headers.authorization ?? '')?.[1];
  if (!sent) throw new Refused(401, 'UNAUTHENTICATED');
  try {
    return JSON.parse(Buffer.from(sent, 'base64url').toString());
  } catch {
    throw new Refused(401, 'UNAUTHENTICATED');
  }
}

async function body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

const page = (all, query) => {
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('cursor') ?? 0);
  return { items: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : null };
};

const failures = (query, otherwise = '') =>
  [...world.failures.values()]
    .filter((f) => !query.get('campaign') || f.campaignId === query.get('campaign'))
    .filter((f) => !(query.get('state') ?? otherwise) || f.state === (query.get('state') ?? otherwise))
    .filter((f) => f.reason.includes(query.get('reason') ?? ''))
    .map(({ held, ...f }) => f);

const csv = (lines) => ({ csv: `\uFEFF${lines.join('\r\n')}\r\n` });

async function admin(method, path, query, request, who) {
  const at = (pattern) => new RegExp(`^${pattern}$`).exec(path)?.slice(1);
  let m;
  if (path === '/failures' && method === 'GET') return page(failures(query), query);
  if (path === '/failures.csv') return csv(['id,userId', ...failures(query).map((f) => `${f.id},${f.userId}`)]);
  if (path === '/failures/replay') {
    const asked = await body(request);
    const all = world
      .openFailures()
      .filter((f) => (!asked.campaignId || f.campaignId === asked.campaignId) && f.reason.includes(asked.reason ?? ''));
    const result = { matched: all.length, issued: 0, failed: 0, dryRun: asked.dryRun };
    if (asked.dryRun) return result;
    for (const f of all.slice(0, asked.limit)) {
      try {
        world.replay(f.id);
        result.issued++;
      } catch {
        result.failed++;
      }
    }
    world.audit(who, 'FAILURES_REPLAYED', asked.campaignId, `${result.issued} of ${result.matched}`);
    return result;
  }
  if ((m = at('/failures/([^/]+)/(replay|discard)'))) {
    const id = decodeURIComponent(m[0]);
    if (m[1] === 'replay') return world.replay(id, who);
    const f = world.failures.get(id);
    if (!f) throw new Refused(404, 'NOT_FOUND');
    const { reason } = await body(request);
    f.state = 'DISCARDED';
    world.audit(who, 'FAILURE_DISCARDED', f.campaignId, `number ${f.sequence}: ${reason}`);
    return f;
  }
  if (path === '/audit') return page(world.audits.filter((a) => !query.get('campaign') || a.campaignId === query.get('campaign')), query);
  if (path === '/reconciliations') {
    const { campaignId } = await body(request);
    const runId = `r${world.runs.size + 1}`;
    world.runs.set(runId, { startedAt: Date.now(), campaignId });
    world.audit(who, 'RECONCILED', campaignId, runId);
    return { status: 202, json: { runId } };
  }
  if ((m = at('/reconciliations/(.+)'))) {
    const run = world.runs.get(m[0]);
    if (!run) throw new Refused(404, 'NOT_FOUND');
    const done = Date.now() - run.startedAt > 1200;
    if (done) world.checkedAt = Date.now();
    const chosen = [...world.campaigns.values()].filter((c) => !run.campaignId || c.id === run.campaignId);
    const drift = (c) =>
      c.id === 'demo-coffee' && world.drift
        ? Array.from({ length: world.drift }, (_, i) => ({ kind: 'MISSING_IN_LEDGER', userId: `u${i}"><script>`, redisSequence: 17 + i }))
        : [];
    return {
      runId: m[0],
      state: done ? 'DONE' : 'RUNNING',
      startedAt: iso(run.startedAt),
      finishedAt: done ? iso(run.startedAt + 1200) : null,
      campaigns: done
        ? chosen.map((c) => ({
            ...world.compared(c),
            epoch: 1,
            redisSequence: c.issued,
            ledgerCursor: c.stored,
            drift: drift(c),
            driftCount: drift(c).length,
          }))
        : [],
    };
  }
  if (path === '/drops') {
    if (world.drop?.state === 'RUNNING') throw new Refused(409, 'DROP_RUNNING');
    const { users, stock } = await body(request);
    const id = `drop-${Math.random().toString(36).slice(2, 10)}`;
    const campaign = world.add(id, `drop of ${stock}`, stock, Date.now());
    world.drop = { campaign, users, sent: 0, state: 'RUNNING' };
    world.audit(who, 'DROP_STARTED', id, `${users} users, stock ${stock}`);
    return { status: 202, json: { campaignId: id } };
  }
  if (path === '/drops/latest') {
    if (!world.drop) throw new Refused(404, 'NOT_FOUND');
    return { campaignId: world.drop.campaign.id, state: world.drop.state, report: world.drop.report ?? null };
  }
  if (path === '/campaigns' && method === 'GET') return page([...world.campaigns.values()].map(world.admin), query);
  if (path === '/campaigns') {
    const c = await body(request);
    if (world.campaigns.has(c.id)) throw new Refused(409, 'CAMPAIGN_EXISTS');
    world.audit(who, 'CAMPAIGN_CREATED', c.id, `stock ${c.totalStock ?? 'unlimited'}`);
    const made = world.add(c.id, c.name, c.totalStock, Date.parse(c.opensAt), { ...c, opensAt: Date.parse(c.opensAt), closesAt: Date.parse(c.closesAt) });
    return { status: 201, json: world.admin(made) };
  }
  if ((m = at('/campaigns/([^/]+)'))) {
    const c = world.find(m[0]);
    if (method === 'GET') return world.admin(c);
    if (request.headers['if-match'] !== `"${c.version}"`) throw new Refused(412, 'STALE');
    const change = await body(request);
    if (change.totalStock !== undefined && change.totalStock !== null && change.totalStock < c.issued) throw new Refused(409, 'BELOW_SEQUENCE');
    if (change.totalStock !== undefined) {
      world.audit(who, 'CAMPAIGN_CHANGED', c.id, `totalStock ${c.total} → ${change.totalStock}`);
      c.total = change.totalStock;
    } else world.audit(who, 'CAMPAIGN_CHANGED', c.id, Object.keys(change).join(', '));
    if (change.name) c.name = change.name;
    if (change.opensAt) c.opensAt = Date.parse(change.opensAt);
    if (change.closesAt) c.closesAt = Date.parse(change.closesAt);
    for (const field of ['codes', 'couponValidFrom', 'couponValidUntil', 'couponValidFor', 'eligibility'])
      if (field in change) c[field] = change[field];
    c.version++;
    return world.admin(c);
  }
  if ((m = at('/campaigns/([^/]+)/(pause|resume|close)'))) {
    const c = world.find(m[0]);
    if (c.closed) throw new Refused(409, 'CLOSED');
    if (m[1] === 'close') c.closed = true;
    else c.paused = m[1] === 'pause';
    c.version++;
    world.audit(who, { pause: 'CAMPAIGN_PAUSED', resume: 'CAMPAIGN_RESUMED', close: 'CAMPAIGN_CLOSED' }[m[1]], c.id, '');
    return world.admin(c);
  }
  if ((m = at('/campaigns/([^/]+)/issues.csv'))) {
    const rows = [...world.find(m[0]).issuers.values()].map((h) => `${h.sequence},${h.user},${iso(h.acceptedAt)},${h.issuedAt ? iso(h.issuedAt) : ''}`);
    return csv(['sequence,userId,acceptedAt,issuedAt', ...rows]);
  }
  if ((m = at('/campaigns/([^/]+)/users/(.+)'))) return lookup(world.find(m[0]), decodeURIComponent(m[1]));
  // The code of the made-up world is everybody's, and the look-up finds whoever was first.
  if (path === '/codes/look-up') {
    const { code } = await body(request);
    const c = world.find('demo-coffee');
    const first = [...c.issuers.values()].find((h) => h.issuedAt);
    if (!first || code.replaceAll('-', '').toUpperCase() !== CODE.replaceAll('-', '')) throw new Refused(404, 'COUPON_NOT_FOUND');
    first.redeemed ??= { id: `${c.id}:${first.sequence}:1`, orderId: 'order-4711', redeemedAt: iso(Date.now()) };
    return lookup(c, first.user);
  }
  if ((m = at('/campaigns/([^/]+)/coupons/(\\d+)/revoke'))) {
    const { reason } = await body(request);
    const held = [...world.find(m[0]).issuers.values()].find((h) => h.sequence === Number(m[1]));
    if (!held) throw new Refused(404, 'COUPON_NOT_FOUND');
    if (held.redeemed) throw new Refused(409, 'REDEEMED');
    held.revoked ??= { revokedAt: iso(Date.now()), reason };
    world.audit(who, 'COUPON_REVOKED', m[0], `number ${held.sequence}, ${held.user}: ${reason}`);
    return { campaignId: m[0], sequence: held.sequence, ...held.revoked };
  }
  throw new Refused(404, 'NOT_FOUND');
}

const coupon = ({ redeemed, revoked }) => ({
  state: revoked ? 'REVOKED' : redeemed ? 'REDEEMED' : 'ISSUED',
  redemption: redeemed ?? null,
  revocation: revoked ?? null,
});

function lookup(c, userId) {
  const held = c.issuers.get(userId);
  const failure = held && world.failures.get(`${c.id}:${held.sequence}`);
  const last = [...c.issuers.values()].at(-1);
  return {
    campaignId: c.id,
    userId,
    outcome: !held ? 'NOT_ISSUED' : failure ? (failure.state === 'OPEN' ? 'FAILED' : 'DISCARDED') : held.issuedAt ? 'ISSUED' : 'ACCEPTED',
    ...(held ? { sequence: held.sequence, acceptedAt: iso(held.acceptedAt), issuedAt: held.issuedAt ? iso(held.issuedAt) : null } : {}),
    coupon: held?.issuedAt && !failure ? coupon(held) : null,
    failure: failure ? { reason: failure.reason, state: failure.state, attempts: failure.attempts, lastAt: failure.lastAt } : null,
    campaign: { name: c.name, state: world.state(c), total: c.total, opensAt: iso(c.opensAt), closesAt: iso(c.closesAt), issued: c.issued },
    last: c.issued ? { sequence: c.issued, acceptedAt: last ? iso(last.acceptedAt) : iso(c.soldOutAt ?? Date.now() - 60_000) } : null,
    serverTime: iso(Date.now()),
  };
}

async function api(method, path, query, request) {
  let m;
  if (path === '/demo') return { demo: true };
  if (path === '/demo/user') {
    const userId = `guest${Math.floor(Math.random() * 1e6)}`;
    return { userId, token: token(userId, []) };
  }
  if (path.startsWith('/admin/')) {
    const who = claims(request);
    if (!who.roles?.includes('admin')) throw new Refused(403, 'FORBIDDEN');
    return admin(method, path.slice(6), query, request, who.sub);
  }
  if ((m = /^\/redemptions\/([^:]+):(\d+):1\/cancel$/.exec(path))) {
    const held = [...world.find(m[1]).issuers.values()].find((h) => h.sequence === Number(m[2]));
    if (!held?.redeemed) throw new Refused(404, 'NOT_FOUND');
    const { redeemed } = held;
    held.redeemed = null;
    world.audit(claims(request).sub, 'REDEMPTION_CANCELLED', m[1], `number ${held.sequence}, ${held.user}, order ${redeemed.orderId}`);
    return { ...redeemed, campaignId: m[1], sequence: held.sequence, userId: held.user, cancelledAt: iso(Date.now()) };
  }
  if ((m = /^\/campaigns\/([^/]+)\/issues$/.exec(path))) {
    const { again, ...held } = world.issue(world.find(m[1]), claims(request).sub);
    return {
      status: again ? 200 : 202,
      json: { campaignId: m[1], userId: held.user, sequence: held.sequence, state: 'ACCEPTED', acceptedAt: iso(held.acceptedAt) },
    };
  }
  if ((m = /^\/campaigns\/([^/]+)\/issues\/me$/.exec(path))) {
    const held = world.find(m[1]).issuers.get(claims(request).sub);
    if (!held) throw new Refused(404, 'NOT_ISSUED');
    const issued = held.issuedAt ? { issuedAt: iso(held.issuedAt), code: CODE } : {};
    return { campaignId: m[1], userId: held.user, sequence: held.sequence, state: held.issuedAt ? 'ISSUED' : 'ACCEPTED', acceptedAt: iso(held.acceptedAt), ...issued };
  }
  if ((m = /^\/campaigns\/([^/]+)$/.exec(path))) return world.view(world.find(m[1]));
  throw new Refused(404, 'NOT_FOUND');
}

/** Levers for whoever looks: `POST /dev/poison`, `/dev/drift?n=2`, `/dev/freeze`, `/dev/postgres-down`, `/dev/load?n=9`. */
function lever(name, n) {
  if (name === 'poison') for (let i = 0; i < (n || 3); i++) world.accept(world.find('xss-check'), `bad'user|"><svg/onload=alert(${i})>`);
  if (name === 'drift') world.drift = n;
  if (name === 'freeze') frozen = !frozen;
  if (name === 'postgres-down') world.engines = { ...world.engines, postgres: 'DOWN' };
  if (name === 'postgres-up') world.engines = { ...world.engines, postgres: 'UP' };
  if (name === 'load') world.background = n;
}

async function file(path, response) {
  const name = path === '/' ? 'index.html' : /^\/c\/[^/]+$/.test(path) ? 'c/index.html' : path.slice(1);
  if (name.includes('..')) throw new Refused(404, 'NOT_FOUND');
  const content = await readFile(FILES + name).catch(() => {
    throw new Refused(404, 'NOT_FOUND');
  });
  response.writeHead(200, { 'Content-Type': TYPES[name.split('.').at(-1)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP });
  response.end(content);
}

async function serve(request, response) {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname.startsWith('/dev/')) {
    lever(url.pathname.slice(5), Number(url.searchParams.get('n') ?? 0));
    return response.end('{}');
  }
  if (url.pathname === '/api/v1/admin/stream') {
    if (!claims(request).roles?.includes('admin')) throw new Refused(403, 'FORBIDDEN');
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    viewers.add(response);
    response.write(`event: snapshot\ndata: ${JSON.stringify(latest)}\n\n`);
    return request.on('close', () => viewers.delete(response));
  }
  if (!url.pathname.startsWith('/api/v1/')) return file(url.pathname, response);
  const answer = await api(request.method, url.pathname.slice(7), url.searchParams, request);
  if (answer.csv) {
    response.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="made-up.csv"' });
    return response.end(answer.csv);
  }
  response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(answer.json ?? answer));
}

let latest = world.snapshot();
setInterval(() => world.tick(), 50);
setInterval(() => {
  latest = world.snapshot();
  for (const viewer of viewers) viewer.write(frozen ? ': heartbeat\n\n' : `event: snapshot\ndata: ${JSON.stringify(latest)}\n\n`);
}, 1000);

createServer((request, response) => {
  serve(request, response).catch((cause) => {
    const known = cause instanceof Refused ? cause : new Refused(500, 'INTERNAL', { detail: String(cause) });
    const retry = known.code === 'NOT_OPEN' ? { 'Retry-After': String(Math.max(1, Math.ceil((Date.parse(known.more.opensAt) - Date.now()) / 1000))) } : {};
    response.writeHead(known.status, { 'Content-Type': 'application/problem+json', ...retry });
    response.end(JSON.stringify({ type: 'about:blank', title: known.code, status: known.status, code: known.code, ...known.more }));
  });
}).listen(port, '127.0.0.1', () => {
  console.log(`dashboard  http://localhost:${port}/#token=${token('ops|kim', ['admin'])}`);
  console.log(`claim      http://localhost:${port}/c/demo-coffee#token=${token('u1', [])}`);
});
