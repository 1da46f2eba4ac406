-- The highest number that a campaign may give has the name of what it is: the word guard is for the check of settings.
ALTER TABLE campaign RENAME COLUMN guard TO max_seq;

DROP TRIGGER coupon_within_guard ON coupon;
DROP FUNCTION refuse_beyond_guard();

-- One check a statement, not a row: an oversell is impossible whatever is inserted.
CREATE FUNCTION refuse_beyond_max_seq() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT campaign_id, min(seq) AS lowest, max(seq) AS highest FROM written GROUP BY campaign_id) w
    LEFT JOIN campaign c ON c.id = w.campaign_id
    WHERE c.id IS NULL OR w.lowest < 1 OR w.highest > c.max_seq
  ) THEN
    RAISE EXCEPTION 'no such campaign, or a sequence outside 1..max_seq: the stock would be exceeded'
      USING ERRCODE = 'SU001';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER coupon_within_max_seq AFTER INSERT ON coupon
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_beyond_max_seq();
