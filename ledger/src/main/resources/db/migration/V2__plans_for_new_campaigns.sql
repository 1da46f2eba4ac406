-- A campaign that the last ANALYZE did not see would be taken for one row. Then the index of numbers and that of users look
-- alike to the planner, and the wrong one reads the whole campaign for each row: thousands of times what it should cost, on
-- the day of the first big drop. Without statistics it assumes one part in 200, which never looks like one row.
ALTER TABLE coupon ALTER COLUMN campaign_id SET STATISTICS 0;
ALTER TABLE failure ALTER COLUMN campaign_id SET STATISTICS 0;
