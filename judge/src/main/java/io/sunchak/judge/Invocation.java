package io.sunchak.judge;

/**
 * One request of a user as the client saw it, recorded outside the server.
 *
 * @param invoked when the request was handed to the network, in nanoseconds of one monotonic clock
 * @param completed when the answer was read, on the same clock; {@link Long#MAX_VALUE} if there was
 *     none
 */
public record Invocation(String user, long invoked, long completed, Result result) {

  /** The answer that the client received. */
  public sealed interface Result {}

  /** The user holds this sequence (200, 201, 202). */
  public record Ok(long sequence) implements Result {}

  /**
   * Refused, with the problem's code: SOLD_OUT, NOT_OPEN, … or the code of a 503 that had no
   * effect.
   */
  public record Refused(String code) implements Result {}

  /** No answer, a reset, a time-out, or OUTCOME_UNKNOWN: the issue may have happened. */
  public record Unknown() implements Result {}
}
