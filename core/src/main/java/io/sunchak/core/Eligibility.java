package io.sunchak.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Who may get a coupon of a campaign: users whose token has {@code claim} with one of the values
 * {@code in}. Immutable.
 */
public record Eligibility(String claim, List<String> in) {
  /** So many characters a {@link #mark} has. */
  public static final int MARK = 16;

  public Eligibility {
    in = List.copyOf(in);
    if (claim.isEmpty() || in.isEmpty()) {
      throw new IllegalArgumentException("a claim and a value are needed");
    }
  }

  /**
   * Names this eligibility to Redis: another one has another mark. 64 bits of a hash, for an
   * operator's texts and not against an attacker.
   */
  public String mark() {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(part(claim));
      in.forEach(value -> hash.update(part(value)));
      return HexFormat.of().formatHex(hash.digest()).substring(0, MARK);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  /** With its length before it, so that no two lists of parts are the same bytes. */
  private static byte[] part(String text) {
    return (text.length() + ":" + text).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether somebody who meets {@code before} may not meet this. */
  public boolean excludesSomeOf(Eligibility before) {
    return !claim.equals(before.claim) || !in.containsAll(before.in);
  }

  /** For people. */
  public String text() {
    return claim + " in " + in;
  }
}
