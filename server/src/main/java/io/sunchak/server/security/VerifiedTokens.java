package io.sunchak.server.security;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The claims of tokens whose signature was found good before: a user who presses again costs a
 * comparison of the whole token instead of a second verification. Bounded: each token has one
 * place, in which the next one replaces it, and a long one is not kept. What depends on time is not
 * remembered. Thread-safe; never blocks.
 *
 * <p>A cache that chooses what it drops pays for that at each entry, and most tokens of a crowd
 * come once.
 */
final class VerifiedTokens {
  private static final int PLACES = 1 << 15;
  private static final int LONGEST = 1_024;

  private final AtomicReferenceArray<@Nullable Verified> places =
      new AtomicReferenceArray<>(PLACES);

  private record Verified(String token, Object keys, Claims claims) {}

  /**
   * The claims of {@code token}; null if it is not known.
   *
   * @param keys the object with those that are valid now: what others have signed is not known
   */
  @SuppressWarnings("ReferenceEquality") // equal keys would be compared number by number
  @Nullable Claims find(String token, Object keys) {
    Verified there = places.get(place(token));
    return there != null && there.keys() == keys && there.token().equals(token)
        ? there.claims()
        : null;
  }

  /** Remembers a token that one of {@code keys} has signed. */
  void keep(String token, Object keys, Claims claims) {
    if (token.length() <= LONGEST) {
      places.set(place(token), new Verified(token, keys, claims));
    }
  }

  private static int place(String token) {
    int hash = token.hashCode();
    return (hash ^ hash >>> 16) & PLACES - 1;
  }
}
