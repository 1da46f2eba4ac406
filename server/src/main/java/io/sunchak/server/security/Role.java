package io.sunchak.server.security;

import java.util.Locale;
import java.util.Optional;

/** The roles that a token's {@code roles} may name. A token without one is a user's. */
public enum Role {
  /** A shop's order service: redeems coupons and cancels redemptions. */
  REDEEMER,
  /** Reads whatever administrators read. */
  VIEWER,
  /** Reads, and does what can be undone. */
  OPERATOR,
  /** May do everything. */
  ADMIN;

  /** The role of this name; empty for any other text. */
  static Optional<Role> of(String name) {
    return switch (name) {
      case "redeemer" -> Optional.of(REDEEMER);
      case "viewer" -> Optional.of(VIEWER);
      case "operator" -> Optional.of(OPERATOR);
      case "admin" -> Optional.of(ADMIN);
      default -> Optional.empty();
    };
  }

  /** As it stands in a token. */
  public String claim() {
    return name().toLowerCase(Locale.ROOT);
  }
}
