-- What a coupon is good for. The issue path reads none of it.

-- Codes are computed and not stored. A campaign's space is a part of each of its codes; it is drawn at random, so that a ledger
-- that is restored from a backup gives no campaign the space of one that it has forgotten.
ALTER TABLE campaign
  ADD COLUMN codes text NOT NULL DEFAULT 'NONE' CHECK (codes IN ('NONE', 'GENERATED')),
  ADD COLUMN code_space bigint NOT NULL DEFAULT floor(random() * 1099511627776) CONSTRAINT campaign_code_space UNIQUE
             CHECK (code_space >= 0 AND code_space < 1099511627776),
  ADD COLUMN valid_from timestamptz,
  ADD COLUMN valid_until timestamptz CHECK (valid_until > valid_from),
  ADD COLUMN valid_seconds bigint CHECK (valid_seconds >= 1),
  ADD CONSTRAINT campaign_valid_end CHECK (valid_until IS NULL OR valid_seconds IS NULL);

-- What happened to a coupon after its issue, in order: the n-th act of a coupon exists once, so of two that are tried at once one is
-- made. Between two redemptions is a cancellation; nothing follows a revocation. Without a foreign key, which would lock the coupon's
-- row: acts are only inserted beside a coupon that was read, and coupons stay.
CREATE TABLE coupon_act (
  campaign_id text COLLATE "C" NOT NULL,
  seq         bigint NOT NULL,
  n           integer NOT NULL CHECK (n >= 1),
  act         text NOT NULL CHECK (act IN ('REDEEMED', 'CANCELLED', 'REVOKED')),
  at          timestamptz NOT NULL DEFAULT statement_timestamp(),
  actor       text NOT NULL,
  order_id    text COLLATE "C" CHECK ((order_id IS NOT NULL) = (act = 'REDEEMED')),
  reason      text CHECK ((reason IS NOT NULL) = (act = 'REVOKED')),
  PRIMARY KEY (campaign_id, seq, n),
  CONSTRAINT coupon_act_order UNIQUE (campaign_id, seq, order_id)
);
-- As for the coupons: a campaign that the last ANALYZE did not see must not be taken for one row.
ALTER TABLE coupon_act ALTER COLUMN campaign_id SET STATISTICS 0;

CREATE TRIGGER coupon_act_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON coupon_act
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
