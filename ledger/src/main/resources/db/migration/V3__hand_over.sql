-- How nodes tell each other what they promised, so that an align on one of them loses none of it.

-- Who is there. A node's name stays over its restarts; a row of one that is gone for good does no harm.
CREATE TABLE node (
  id          text COLLATE "C" PRIMARY KEY,
  redis       text NOT NULL,                       -- the one it serves by; '' while it is connected to none
  reported_at timestamptz NOT NULL
);

-- The highest number that a node knows to have been given in an epoch: Redis has lost something if it lacks it.
CREATE TABLE sighting (
  campaign_id text COLLATE "C" NOT NULL,
  node        text COLLATE "C" NOT NULL,
  epoch       bigint NOT NULL,
  seq         bigint NOT NULL,
  user_id     text COLLATE "C" NOT NULL,
  PRIMARY KEY (campaign_id, node)
);

-- What was promised and not drained when an align asked for it, or when its node ended. An align takes it all.
CREATE TABLE hand_over (
  campaign_id text COLLATE "C" NOT NULL,
  seq         bigint NOT NULL,
  user_id     text COLLATE "C" NOT NULL,
  accepted_at timestamptz NOT NULL,
  PRIMARY KEY (campaign_id, seq, user_id)
);

-- The newest align that each node has handed over to.
CREATE TABLE handed_over (
  campaign_id text COLLATE "C" NOT NULL,
  node        text COLLATE "C" NOT NULL,
  epoch       bigint NOT NULL,
  PRIMARY KEY (campaign_id, node)
);

CREATE INDEX campaign_rebuilding ON campaign (id) WHERE rebuilding;
