package io.sunchak.core;

/**
 * One promise known to this side: {@code user} holds {@code sequence}. The highest one is handed to
 * the reserve script with each call, and proves that Redis still has what was promised, which a
 * bare number does not once others have counted past it.
 *
 * @param user a user's id, or {@code "void <sequence>"} for a number that nobody holds
 */
public record Holding(String user, long sequence) {
  /** The holder of a number that was lost: with a space, which no {@link UserId} can have. */
  public static Holding ofVoid(long sequence) {
    return new Holding("void " + sequence, sequence);
  }
}
