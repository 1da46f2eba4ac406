-- A group of reservations is one entry of the log now. A node that does not know that must not serve or resync a campaign beside
-- one that does: the statements of such a node fail here, since the column that says that a resync is under way has another name
-- (docs/adr/0014).
ALTER TABLE campaign RENAME COLUMN rebuilding TO resyncing;
ALTER INDEX campaign_rebuilding RENAME TO campaign_resyncing;
