-- When a node that was silent to a resync came back and the ledger had all that it had promised before: it is silent no more.
ALTER TABLE drift ADD COLUMN answered_at timestamptz;
DROP INDEX drift_silent;
CREATE INDEX drift_silent ON drift (user_id, found_at) WHERE kind = 'SILENT' AND answered_at IS NULL;
