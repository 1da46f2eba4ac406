-- The nodes that did not hand over are listed once each, however many campaigns were resynced without them.
CREATE INDEX drift_silent ON drift (user_id) WHERE kind = 'SILENT';
