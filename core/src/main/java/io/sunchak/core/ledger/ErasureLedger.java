package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.UserId;
import java.util.List;

/**
 * Takes a person out of what the ledger keeps: a pseudonym stands where the user's id stood.
 * Thread-safe, blocking; throws {@link LedgerException} when it fails.
 */
public interface ErasureLedger {
  /**
   * The campaigns in which the ledger has this user, each in order of id.
   *
   * @param others those that are not archived
   */
  record Traces(List<CampaignId> archived, List<CampaignId> others) {}

  Traces traces(UserId user);

  /**
   * Puts the pseudonym in the place of the user's id in everything that the ledger has of an
   * archived campaign. Numbers and times stay. May be repeated.
   *
   * @param pseudonym {@code erased-} and 26 characters of base32
   * @return how many rows were changed
   */
  long erase(CampaignId archived, UserId user, String pseudonym);
}
