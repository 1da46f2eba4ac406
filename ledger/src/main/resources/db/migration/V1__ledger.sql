-- The ledger: the durable record. It refuses by itself whatever must never happen, whatever Redis says.

CREATE TABLE ledger_identity (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  id       uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO ledger_identity DEFAULT VALUES;

CREATE TABLE campaign (
  id          text COLLATE "C" PRIMARY KEY
              CONSTRAINT campaign_id_form CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  name        text NOT NULL,
  total       bigint CHECK (total >= 1),           -- null: unlimited
  opens_at    timestamptz NOT NULL,
  closes_at   timestamptz NOT NULL CHECK (closes_at > opens_at),
  state       text NOT NULL CHECK (state IN ('ACTIVE', 'PAUSED', 'CLOSED')),
  version     bigint NOT NULL CHECK (version >= 1),
  epoch       bigint NOT NULL DEFAULT 0,
  rebuilding  boolean NOT NULL DEFAULT true,
  guard       bigint,                              -- no coupon above it; null: unlimited
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The epoch stands here too, so that the drain's compare-and-set touches one narrow row.
CREATE TABLE drain_cursor (
  campaign_id text COLLATE "C" PRIMARY KEY REFERENCES campaign,
  last        bigint NOT NULL DEFAULT 0,
  epoch       bigint NOT NULL DEFAULT 0
);

-- No foreign key: it would look each row's campaign up by itself, which cost a third of the drain's rate. The
-- guard below asks once a statement, and campaigns are never deleted.
CREATE TABLE coupon (
  campaign_id text COLLATE "C" NOT NULL,
  seq         bigint NOT NULL,
  user_id     text COLLATE "C" NOT NULL CONSTRAINT coupon_user_form CHECK (user_id ~ '^[!-~]{1,128}$'),
  accepted_at timestamptz NOT NULL,
  issued_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (campaign_id, seq),
  CONSTRAINT coupon_user UNIQUE (campaign_id, user_id)
);

CREATE TABLE failure (
  campaign_id text COLLATE "C" NOT NULL REFERENCES campaign,
  seq         bigint NOT NULL,
  user_id     text COLLATE "C" NOT NULL,
  accepted_at timestamptz NOT NULL,
  reason      text NOT NULL,
  state       text NOT NULL CHECK (state IN ('OPEN', 'DISCARDED', 'VOID')),
  attempts    integer NOT NULL DEFAULT 1,
  first_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  kept        bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT failure_kept UNIQUE, -- in this order, for pages
  PRIMARY KEY (campaign_id, seq),
  CONSTRAINT failure_user UNIQUE (campaign_id, user_id)
);
CREATE INDEX failure_open ON failure (campaign_id) WHERE state = 'OPEN';

CREATE TABLE drift (
  campaign_id text COLLATE "C" NOT NULL REFERENCES campaign,
  epoch       bigint NOT NULL,
  user_id     text COLLATE "C" NOT NULL,
  claimed     bigint NOT NULL,
  settled     bigint NOT NULL,
  kind        text NOT NULL,
  found_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX drift_by_campaign ON drift (campaign_id, found_at);

-- What operators did, and who.
CREATE TABLE audit (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor       text NOT NULL,
  action      text NOT NULL,
  campaign_id text COLLATE "C",                    -- null: no single one
  detail      text NOT NULL
);
CREATE INDEX audit_by_campaign ON audit (campaign_id, id);

-- One check a statement, not a row: an oversell is impossible whatever is inserted.
CREATE FUNCTION refuse_beyond_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT campaign_id, min(seq) AS lowest, max(seq) AS highest FROM written GROUP BY campaign_id) w
    LEFT JOIN campaign c ON c.id = w.campaign_id
    WHERE c.id IS NULL OR w.lowest < 1 OR w.highest > c.guard
  ) THEN
    RAISE EXCEPTION 'no such campaign, or a sequence outside 1..guard: the stock would be exceeded'
      USING ERRCODE = 'SU001';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER coupon_within_guard AFTER INSERT ON coupon
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_beyond_guard();

-- What was issued stays as it was issued, and a campaign's id is never used again. For everybody, superusers too, and
-- without roles, which an external PostgreSQL may not let us create. Who really must take a coupon back (an act with a
-- record of its own) disables the trigger first, and so cannot do it by a slip.
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: what the ledger holds stays', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'SU002';
END $$;

CREATE TRIGGER coupon_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON coupon
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER campaign_stays BEFORE DELETE OR TRUNCATE ON campaign
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER audit_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
