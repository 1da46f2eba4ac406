/** What the server says, as its OpenAPI file and the admin API describe it. */

export const OUTCOMES = ['ACCEPTED', 'ALREADY', 'SOLD_OUT', 'NOT_OPEN', 'PAUSED', 'CLOSED', 'OTHER', 'ERROR'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type CampaignState = 'SCHEDULED' | 'OPEN' | 'PAUSED' | 'SOLD_OUT' | 'CLOSED' | 'ARCHIVED';
export type Codes = 'NONE' | 'GENERATED';
export type EngineState = 'UP' | 'DOWN';
export type Verdict = 'AGREES' | 'DRIFT' | 'DISCARDED';

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface PublicCampaign {
  id: string;
  name: string;
  state: CampaignState;
  totalStock: number | null;
  remaining: number | null;
  opensAt: string;
  closesAt: string;
  eligibility: { claim: string; in: string[] } | null;
  serverTime: string;
}

export interface AdminCampaign extends PublicCampaign {
  version: number;
  issued: number;
  codes: Codes;
  couponValidFrom: string | null;
  couponValidUntil: string | null;
  /** A duration of ISO 8601. */
  couponValidFor: string | null;
}

export interface LiveCampaign {
  id: string;
  name: string;
  state: CampaignState;
  total: number | null;
  issued: number;
  remaining: number | null;
  stored: number;
  openFailures: number;
  backlog: number;
  lagSeconds: number | null;
  opensAt: string;
  closesAt: string;
  firstAcceptedAt?: string | null;
  soldOutAt?: string | null;
}

export interface ConsistencyRow {
  campaignId: string;
  redisIssued: number;
  ledgerRows: number;
  ledgerFailures: number;
  backlog: number;
  gaps: number;
  duplicates: number;
  total: number | null;
  verdict: Verdict;
}

export type AlarmKind = 'FAILURES' | 'DRIFT' | 'BACKLOG' | 'ENGINE_DOWN';

export interface Alarm {
  kind: AlarmKind;
  campaignId?: string | null;
  since: string;
  value: number | string;
}

export interface Snapshot {
  at: string;
  node: string;
  version: string;
  startedAt: string;
  demo: boolean;
  unsafe: boolean;
  declaredDurability: string | null;
  engines: { redis: EngineState; postgres: EngineState };
  requests: {
    perSecond: Partial<Record<Outcome, number>>;
    p50Ms: number | null;
    p95Ms: number | null;
    p99Ms: number | null;
    total: Partial<Record<Outcome, number>>;
  };
  drain: {
    rowsPerSecond: number;
    batchSize: number | null;
    commitMs: number | null;
    lastError?: string | null;
    lastErrorAt?: string | null;
  };
  campaigns: LiveCampaign[];
  failures: { open: number; latestReason?: string | null };
  consistency: { checkedAt?: string | null; driftCount: number; campaigns: ConsistencyRow[] };
  alarms: Alarm[];
}

export type FailureState = 'OPEN' | 'DISCARDED' | 'VOID';

export interface Failure {
  id: string;
  campaignId: string;
  sequence: number;
  userId: string;
  acceptedAt: string | null;
  reason: string;
  state: FailureState;
  attempts: number;
  firstAt: string;
  lastAt: string;
}

export interface Replay {
  id: string;
  outcome: 'ISSUED' | 'ALREADY_ISSUED';
  campaignId: string;
  sequence: number;
  userId: string;
}

export interface BulkReplay {
  matched: number;
  issued: number;
  failed: number;
  dryRun: boolean;
}

/** What a coupon of the ledger is good for. */
export interface HeldCoupon {
  state: 'ISSUED' | 'REDEEMED' | 'EXPIRED' | 'REVOKED';
  validFrom?: string | null;
  validUntil?: string | null;
  redemption?: { id: string; orderId: string; redeemedAt: string } | null;
  revocation?: { revokedAt: string; reason: string } | null;
}

export interface Lookup {
  campaignId: string;
  userId: string;
  outcome: 'ISSUED' | 'ACCEPTED' | 'FAILED' | 'DISCARDED' | 'NOT_ISSUED';
  sequence?: number | null;
  acceptedAt?: string | null;
  issuedAt?: string | null;
  coupon?: HeldCoupon | null;
  failure?: { reason: string; state: FailureState; attempts: number; lastAt: string } | null;
  repair?: RepairEntry | null;
  campaign: {
    name: string;
    state: CampaignState;
    total: number | null;
    opensAt: string;
    closesAt: string;
    issued: number;
  };
  last?: { sequence: number; acceptedAt: string | null } | null;
  serverTime: string;
}

export const AUDIT_ACTIONS = [
  'CAMPAIGN_CREATED',
  'CAMPAIGN_CHANGED',
  'CAMPAIGN_PAUSED',
  'CAMPAIGN_RESUMED',
  'CAMPAIGN_CLOSED',
  'CAMPAIGN_ARCHIVED',
  'FAILURE_REPLAYED',
  'FAILURES_REPLAYED',
  'DRAIN_RESUMED',
  'FAILURE_DISCARDED',
  'COUPONS_ISSUED',
  'COUPON_REDEEMED',
  'REDEMPTION_CANCELLED',
  'COUPON_REVOKED',
  'USER_ERASED',
  'RECONCILED',
  'DROP_STARTED',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEntry {
  id: string | number;
  at: string;
  actor: string;
  action: AuditAction;
  campaignId?: string | null;
  detail: string;
}

export interface Drift {
  kind: string;
  userId: string;
  redisSequence?: number | null;
  ledgerSequence?: number | null;
}

export interface ReconciledCampaign {
  campaignId: string;
  epoch: number;
  redisIssued: number;
  redisSequence: number;
  ledgerRows: number;
  ledgerFailures: number;
  ledgerCursor: number;
  gaps: number;
  duplicates: number;
  drift: Drift[];
  driftCount: number;
  verdict: Verdict;
}

export interface Reconciliation {
  runId: string;
  state: 'RUNNING' | 'DONE' | 'FAILED';
  startedAt: string;
  finishedAt?: string | null;
  campaigns: ReconciledCampaign[];
}

export type RepairKind = 'MOVED' | 'UNSETTLED' | 'VOIDED' | 'RENUMBERED' | 'RECLAIMED' | 'UNACCOUNTED' | 'SILENT';

/** A campaign's newest repair that left something for a person. */
export interface Repair {
  campaignId: string;
  epoch: number;
  foundAt: string;
  missing: { upTo: number; after: number } | null;
  nodes: string[];
  counts: Partial<Record<RepairKind, number>>;
  needsPerson: boolean;
}

/** A server that did not hand over to the repairs of so many campaigns. */
export interface SilentNode {
  node: string;
  foundAt: string;
  campaigns: number;
}

export interface RepairPage extends Page<Repair> {
  silent: SilentNode[];
}

export interface RepairEntry {
  epoch: number;
  foundAt: string;
  kind: RepairKind;
  userId?: string;
  node?: string;
  claimed: number;
  settled: number;
}

export interface DropReport {
  campaign: string;
  users: number;
  stock: number;
  accepted: number;
  refused: Record<string, number>;
  unknown: number;
  rows: number;
  acceptedPerSecond: number;
  acceptedP50Ms: number;
  acceptedP99Ms: number;
  refusedP50Ms: number;
  refusedP99Ms: number;
  answeredMs: number;
  storedMs: number;
  judge: 'ok' | 'violated';
  violations: string[];
}

export interface DropRun {
  campaignId: string;
  state: 'RUNNING' | 'DONE' | 'FAILED';
  report?: DropReport | null;
  error?: string | null;
}

export interface MyIssue {
  campaignId: string;
  userId: string;
  sequence: number;
  state: 'ACCEPTED' | 'ISSUED' | 'REDEEMED' | 'EXPIRED' | 'REVOKED' | 'DISCARDED';
  acceptedAt?: string;
  issuedAt?: string;
  code?: string;
  validFrom?: string;
  validUntil?: string;
  redeemedAt?: string;
  revokedAt?: string;
}
