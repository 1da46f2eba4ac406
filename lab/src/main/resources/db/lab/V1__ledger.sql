-- The lab's ledger: one row per user and campaign, and on purpose no guard on the stock,
-- or what an unchecked strategy does could not be seen.

CREATE TABLE campaign (
  id        text COLLATE "C" PRIMARY KEY,
  name      text NOT NULL,
  total     bigint,                                -- null: unlimited
  opens_at  timestamptz NOT NULL,
  closes_at timestamptz NOT NULL,
  state     text NOT NULL,
  version   bigint NOT NULL DEFAULT 1
);

CREATE TABLE coupon (
  campaign_id text COLLATE "C" NOT NULL REFERENCES campaign,
  seq         bigint NOT NULL,
  user_id     text COLLATE "C" NOT NULL,
  accepted_at timestamptz NOT NULL,
  issued_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (campaign_id, user_id)
);
CREATE INDEX coupon_order ON coupon (campaign_id, seq);
