-- What aligns found is read: by the newest, by campaign, by user.
ALTER TABLE drift ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
DROP INDEX drift_by_campaign;
CREATE UNIQUE INDEX drift_by_campaign ON drift (campaign_id, id);
CREATE INDEX drift_by_user ON drift (campaign_id, user_id, id);
CREATE INDEX drift_reclaimed ON drift (campaign_id, settled) WHERE kind = 'RECLAIMED';
