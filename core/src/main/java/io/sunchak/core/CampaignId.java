package io.sunchak.core;

/**
 * A campaign's id: 1 to 64 of {@code a-z 0-9 -}, not beginning with {@code -}. Byte-exact in Redis
 * keys, in the ledger and in URLs; never used again once the campaign is closed.
 *
 * <p>The constructor throws {@link IllegalArgumentException} if {@code value} does not match; check
 * input from outside with {@link #isValid} first
 */
public record CampaignId(String value) implements Comparable<CampaignId> {
  private static final int MAX_LENGTH = 64;

  public CampaignId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("campaign id must match ^[a-z0-9][a-z0-9-]{0,63}$");
    }
  }

  /** Whether {@code value} can be a campaign's id. */
  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH || value.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(CampaignId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
