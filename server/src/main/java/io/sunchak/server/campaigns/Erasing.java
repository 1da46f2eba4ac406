package io.sunchak.server.campaigns;

import io.sunchak.core.CampaignId;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.AuditLedger.Act;
import io.sunchak.core.ledger.AuditLedger.Action;
import io.sunchak.core.ledger.ErasureLedger;
import io.sunchak.core.ledger.ErasureLedger.Traces;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Erases a person: in all archived campaigns a pseudonym takes the place of the user's id, in one
 * transaction with its audit entry, which does not hold the id. The pseudonym is random, so nobody
 * can confirm a guess. Thread-safe, blocking.
 */
public final class Erasing {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  /** 130 bits: none is ever drawn twice, or guessed. */
  private static final int LENGTH = 26;

  private final ErasureLedger ledger;
  private final AuditLedger audits;
  private final SecureRandom random = new SecureRandom();

  public Erasing(ErasureLedger ledger, AuditLedger audits) {
    this.ledger = ledger;
    this.audits = audits;
  }

  /**
   * What was erased.
   *
   * @param pseudonym null if nothing was
   * @param rows changed
   * @param campaigns in which rows were changed
   * @param others campaigns that are not archived, in which the user still is
   */
  public record Erased(
      @Nullable String pseudonym, long rows, int campaigns, List<CampaignId> others) {}

  /** Erases the user. A repetition erases what has been archived since. */
  public Erased erase(UserId user, String actor) {
    String pseudonym = pseudonym();
    return audits.recorded(
        () -> {
          Traces found = ledger.traces(user);
          long rows =
              found.archived().stream()
                  .mapToLong(campaign -> ledger.erase(campaign, user, pseudonym))
                  .sum();
          int campaigns = found.archived().size();
          return new Erased(campaigns == 0 ? null : pseudonym, rows, campaigns, found.others());
        },
        erased -> erased.pseudonym() == null ? null : act(actor, erased));
  }

  private static Act act(String actor, Erased erased) {
    String detail =
        "%s, rows %d, campaigns %d"
            .formatted(erased.pseudonym(), erased.rows(), erased.campaigns());
    return new Act(actor, Action.USER_ERASED, null, detail);
  }

  private String pseudonym() {
    return random
        .ints(LENGTH, 0, BASE32.length())
        .mapToObj(BASE32::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining("", "erased-", ""));
  }
}
