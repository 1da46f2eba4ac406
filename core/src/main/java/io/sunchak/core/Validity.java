package io.sunchak.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a campaign's coupons can be redeemed. Immutable.
 *
 * <p>The constructor throws {@link IllegalArgumentException} if there are two ends, the end is not
 * after the beginning, or the duration is no whole number of seconds, from one on
 *
 * @param from inclusive; null: from the issue on
 * @param until exclusive; null: for ever, or as {@code lasting} says
 * @param lasting from the issue, or from {@code from} if that is later; null: for ever, or as
 *     {@code until} says
 */
public record Validity(
    @Nullable Instant from, @Nullable Instant until, @Nullable Duration lasting) {
  public static final Validity ALWAYS = new Validity(null, null, null);

  public Validity {
    if (until != null && lasting != null) {
      throw new IllegalArgumentException("there can be one end only");
    }
    if (from != null && until != null && !until.isAfter(from)) {
      throw new IllegalArgumentException("the end must be after the beginning");
    }
    if (lasting != null && (lasting.getSeconds() < 1 || lasting.getNano() != 0)) {
      throw new IllegalArgumentException("the duration must be of whole seconds, from one on");
    }
  }

  /** For people. */
  public String text() {
    List<String> parts = new ArrayList<>();
    if (from != null) {
      parts.add("from " + from);
    }
    if (until != null) {
      parts.add("until " + until);
    }
    if (lasting != null) {
      parts.add("for " + lasting);
    }
    return parts.isEmpty() ? "always" : String.join(" ", parts);
  }

  /** Whether some coupon could be redeemed at some time under {@code before} and not under this. */
  public boolean shortens(Validity before) {
    return (from != null && (before.from == null || from.isAfter(before.from)))
        || (until != null && (before.until == null || until.isBefore(before.until)))
        || (lasting != null && (before.lasting == null || lasting.compareTo(before.lasting) < 0));
  }
}
