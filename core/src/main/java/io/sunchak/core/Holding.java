package io.sunchak.core;

/**
 * A user and the sequence that this user holds. The highest known holding is passed to the reserve
 * script with each call as a witness: if Redis still has it, Redis has lost nothing. The sequence
 * alone would prove nothing, because after a loss Redis may have given the same number to another
 * user.
 *
 * @param user a user's id, or {@code "void <sequence>"} if no holder of the sequence is known
 */
public record Holding(String user, long sequence) {
  /**
   * Stands for the unknown holder of a lost sequence. It contains a space, which no {@link UserId}
   * does.
   */
  public static Holding ofVoid(long sequence) {
    return new Holding("void " + sequence, sequence);
  }
}
