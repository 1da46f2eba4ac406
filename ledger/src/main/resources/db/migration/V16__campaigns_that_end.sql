-- What is due to be archived is found without looking at what is archived, or not due.
CREATE INDEX campaign_due ON campaign (closes_at, id) WHERE state <> 'ARCHIVED';
