-- Whose coupons a campaign's are: users whose token has this claim with one of these values; null: every user's.
ALTER TABLE campaign
  ADD COLUMN eligible_claim text CHECK (eligible_claim <> ''),
  ADD COLUMN eligible_values text[] CHECK (cardinality(eligible_values) >= 1),
  ADD CONSTRAINT campaign_eligibility CHECK ((eligible_claim IS NULL) = (eligible_values IS NULL));
