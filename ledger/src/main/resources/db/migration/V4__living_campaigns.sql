-- Work is for campaigns that live: what is closed, drained, and known to be closed by Redis is looked at no more, until it is
-- changed. The index holds the others alone, so those of years cost nothing.
ALTER TABLE campaign ADD COLUMN ended boolean NOT NULL DEFAULT false;
CREATE INDEX campaign_living ON campaign (id) WHERE NOT ended;

-- For the newest of those that are over.
CREATE INDEX campaign_newest ON campaign (created_at DESC, id);
