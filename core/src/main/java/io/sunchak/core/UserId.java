package io.sunchak.core;

/**
 * A user's id, as the identity provider's token gives it: 1 to 128 printable ASCII characters
 * without space ({@code !} to {@code ~}), byte-exact everywhere. The type excludes everything that
 * PostgreSQL could refuse (a NUL byte, say), because an accepted issue must be storable.
 *
 * <p>The constructor throws {@link IllegalArgumentException} if {@code value} does not match; check
 * input from outside with {@link #isValid} first
 */
public record UserId(String value) {
  private static final int MAX_LENGTH = 128;

  public UserId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("user id must match ^[!-~]{1,128}$");
    }
  }

  /** Whether {@code value} can be a user's id. */
  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '!' || value.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
