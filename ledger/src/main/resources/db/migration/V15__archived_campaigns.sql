-- An archived campaign: the ledger alone knows its holders, and it never becomes anything else.
ALTER TABLE campaign DROP CONSTRAINT campaign_state_check;
ALTER TABLE campaign ADD CONSTRAINT campaign_state_check CHECK (state IN ('ACTIVE', 'PAUSED', 'CLOSED', 'ARCHIVED'));

CREATE FUNCTION refuse_unarchiving() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'campaign % is archived, which is final', OLD.id USING ERRCODE = 'SU002';
END $$;

CREATE TRIGGER campaign_stays_archived BEFORE UPDATE OF state, resyncing ON campaign
  FOR EACH ROW WHEN (OLD.state = 'ARCHIVED' AND (NEW.state <> 'ARCHIVED' OR NEW.resyncing))
  EXECUTE FUNCTION refuse_unarchiving();
