package io.sunchak.core.config;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Codes;
import io.sunchak.core.Eligibility;
import io.sunchak.core.Stock;
import io.sunchak.core.config.ConfigChange.AlreadyOpened;
import io.sunchak.core.config.ConfigChange.BelowSequence;
import io.sunchak.core.config.ConfigChange.Closed;
import io.sunchak.core.config.ConfigChange.Result;
import io.sunchak.core.config.ConfigChange.ShortensValidity;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one place that says which field of a campaign may be changed when. Pure. The table in {@code
 * docs/api.md} lists the same rules.
 */
record ConfigRules(Campaign before, Campaign after) {

  boolean changesNothing() {
    return after.withVersion(before.version()).equals(before);
  }

  /**
   * Whether a request that would get a coupon before the change may get none after it. Such a
   * change is reported as made only once Redis holds it, because until then Redis decides by the
   * old config.
   */
  boolean narrows() {
    return lowers(before.stock(), after.stock())
        || severity(after.state()) > severity(before.state())
        || after.window().closesAt().isBefore(before.window().closesAt())
        || after.window().opensAt().isAfter(before.window().opensAt())
        || excludes(before.eligibility(), after.eligibility());
  }

  /** Whether the change depends on how many coupons were given, or must not stand without Redis. */
  boolean asksRedis() {
    return narrows() || movesOpening() || exchangesLimit() || takesCodes() || shortensValidity();
  }

  /**
   * A closed campaign stays closed: only its name may still change, and what concerns coupons that
   * are issued.
   */
  Optional<Result> refusedWhenClosed() {
    boolean more =
        !after.stock().equals(before.stock())
            || !after.window().equals(before.window())
            || after.state() != before.state()
            || !Objects.equals(after.eligibility(), before.eligibility());
    return before.state() == CampaignState.CLOSED && more
        ? Optional.of(new Closed())
        : Optional.empty();
  }

  /** Why the change is refused once the coupons up to {@code given} are given. */
  Optional<Result> refusedAfter(long given) {
    if (given > 0 && (movesOpening() || exchangesLimit() || takesCodes())) {
      return Optional.of(new AlreadyOpened());
    }
    if (given > 0 && shortensValidity()) {
      return Optional.of(new ShortensValidity());
    }
    return after.stock().covers(given) ? Optional.empty() : Optional.of(new BelowSequence(given));
  }

  /**
   * Whether Redis had given a coupon before the change of the opening reached it: the opening then
   * stays as it was.
   */
  boolean openingWasKept(Campaign inForce) {
    return movesOpening() && inForce.window().opensAt().equals(before.window().opensAt());
  }

  private boolean movesOpening() {
    return !after.window().opensAt().equals(before.window().opensAt());
  }

  private boolean exchangesLimit() {
    return after.stock().isUnlimited() != before.stock().isUnlimited();
  }

  private boolean takesCodes() {
    return before.codes() != Codes.NONE && after.codes() != before.codes();
  }

  private boolean shortensValidity() {
    return after.validity().shortens(before.validity());
  }

  private static boolean excludes(@Nullable Eligibility from, @Nullable Eligibility to) {
    return to != null && (from == null || to.excludesSomeOf(from));
  }

  private static boolean lowers(Stock from, Stock to) {
    Long total = to.total();
    return total != null && (from.total() == null || total < from.total());
  }

  private static int severity(CampaignState state) {
    return switch (state) {
      case ACTIVE -> 0;
      case PAUSED -> 1;
      case CLOSED -> 2;
      case ARCHIVED -> 3;
    };
  }
}
