-- What is due to be archived is found without looking at what is archived, or not due.
CREATE INDEX campaign_due ON campaign (closes_at, id) WHERE state <> 'ARCHIVED';

-- A person may be erased from an archived campaign: a pseudonym takes the place of the user's id, and nothing else changes. What
-- must never change is still guarded by triggers, for everybody; they know this one change.

-- Whether a text became another one by putting one pseudonym everywhere where one user's id stood.
CREATE FUNCTION is_erasing(before text, after text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  pseudonym text;
  kept text[];
  person text;
BEGIN
  IF after IS NOT DISTINCT FROM before THEN
    RETURN true;
  END IF;
  FOR pseudonym IN SELECT (regexp_matches(after, 'erased-[a-z2-7]{26}', 'g'))[1] LOOP
    kept := string_to_array(after, pseudonym);
    person := substr(before, length(kept[1]) + 1,
      greatest(length(before) - length(array_to_string(kept, '')), 0) / (cardinality(kept) - 1));
    IF person ~ '^[!-~]{1,128}$' AND array_to_string(kept, person) = before THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END $$;

-- The arguments are the columns in which a user's id may stand.
CREATE FUNCTION refuse_all_but_erasing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := to_jsonb(OLD);
  after jsonb := to_jsonb(NEW);
  named text;
  erases boolean := before - TG_ARGV = after - TG_ARGV
    AND EXISTS (SELECT FROM campaign WHERE id = OLD.campaign_id AND state = 'ARCHIVED');
BEGIN
  FOREACH named IN ARRAY TG_ARGV LOOP
    erases := erases AND is_erasing(before ->> named, after ->> named) AND (
      named NOT IN ('user_id', 'actor') OR after -> named = before -> named
      OR after ->> named ~ '^erased-[a-z2-7]{26}$');
  END LOOP;
  IF NOT erases THEN
    RAISE EXCEPTION '% on % is refused: what the ledger holds stays', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'SU002';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER coupon_is_final ON coupon;
CREATE TRIGGER coupon_is_final
  BEFORE DELETE OR TRUNCATE OR UPDATE OF campaign_id, seq, accepted_at, issued_at ON coupon
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER coupon_user_is_final BEFORE UPDATE ON coupon
  FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing('user_id');

DROP TRIGGER coupon_act_is_final ON coupon_act;
CREATE TRIGGER coupon_act_is_final
  BEFORE DELETE OR TRUNCATE OR UPDATE OF campaign_id, seq, n, act, at ON coupon_act
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER coupon_act_user_is_final BEFORE UPDATE ON coupon_act
  FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing('actor', 'order_id', 'reason');

DROP TRIGGER audit_is_final ON audit;
CREATE TRIGGER audit_is_final
  BEFORE DELETE OR TRUNCATE OR UPDATE OF id, at, actor, action, campaign_id ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER audit_user_is_final BEFORE UPDATE ON audit
  FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing('detail');

-- Puts the pseudonym where the id stands as a word of its own.
CREATE FUNCTION erased_text(words text, person text, pseudonym text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(words,
    '(?<![A-Za-z0-9_])' || regexp_replace(person, '([^A-Za-z0-9])', '\\\1', 'g') || '(?![A-Za-z0-9_])', pseudonym, 'g')
$$;

-- As the owner of the tables, so that the server's role needs no right to change what is final.
CREATE FUNCTION erase_user(archived text, person text, pseudonym text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  numbers bigint[] := ARRAY(
    SELECT seq FROM coupon WHERE campaign_id = archived AND user_id = person
    UNION SELECT seq FROM failure WHERE campaign_id = archived AND user_id = person);
  changed bigint;
  total bigint := 0;
BEGIN
  IF pseudonym !~ '^erased-[a-z2-7]{26}$'
     OR NOT EXISTS (SELECT FROM campaign WHERE id = archived AND state = 'ARCHIVED') THEN
    RAISE EXCEPTION 'only archived campaigns are erased from, and only to a pseudonym' USING ERRCODE = 'SU002';
  END IF;

  -- Such an entry begins with the number and its user; the number stays, whatever the id looks like.
  UPDATE audit a SET detail = own.named || pseudonym || erased_text(substr(a.detail, length(own.named || person) + 1), person, pseudonym)
  FROM (SELECT format('number %s, ', seq) AS named FROM unnest(numbers) seq) own
  WHERE a.campaign_id = archived AND starts_with(a.detail, own.named || person)
    AND substr(a.detail, length(own.named || person) + 1, 1) IN ('', ',', ':');
  GET DIAGNOSTICS changed = ROW_COUNT;
  total := total + changed;

  UPDATE coupon_act SET
    actor = CASE WHEN actor = person THEN pseudonym ELSE actor END,
    order_id = erased_text(order_id, person, pseudonym),
    reason = erased_text(reason, person, pseudonym)
  WHERE campaign_id = archived AND seq = ANY(numbers)
    AND (actor = person OR order_id <> erased_text(order_id, person, pseudonym)
         OR reason <> erased_text(reason, person, pseudonym));
  GET DIAGNOSTICS changed = ROW_COUNT;
  total := total + changed;

  UPDATE coupon SET user_id = pseudonym WHERE campaign_id = archived AND user_id = person;
  GET DIAGNOSTICS changed = ROW_COUNT;
  total := total + changed;

  UPDATE failure SET user_id = pseudonym, reason = erased_text(reason, person, pseudonym)
  WHERE campaign_id = archived AND user_id = person;
  GET DIAGNOSTICS changed = ROW_COUNT;
  total := total + changed;

  -- Of these two kinds it is a node's name.
  UPDATE drift SET user_id = pseudonym
  WHERE campaign_id = archived AND user_id = person AND kind NOT IN ('SILENT', 'UNACCOUNTED');
  GET DIAGNOSTICS changed = ROW_COUNT;
  total := total + changed;

  UPDATE sighting SET user_id = pseudonym WHERE campaign_id = archived AND user_id = person;
  GET DIAGNOSTICS changed = ROW_COUNT;
  total := total + changed;

  UPDATE hand_over SET user_id = pseudonym WHERE campaign_id = archived AND user_id = person;
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN total + changed;
END $$;

-- The server's role is granted it; nobody else is. A table of the caller's own making does not stand in for one of these.
REVOKE EXECUTE ON FUNCTION erase_user FROM PUBLIC;
DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION erase_user SET search_path = %I, pg_temp', current_schema());
END $$;
