-- Which node drains a campaign, and until when the others leave it to that node. It saves work; the cursor decides.
ALTER TABLE drain_cursor ADD COLUMN turn_of text COLLATE "C", ADD COLUMN turn_until timestamptz;
