package io.sunchak.judge;

/**
 * One try of a user as the client saw it, recorded outside the server.
 *
 * @param invoked when the request was handed to the network, in nanoseconds of one monotonic clock
 * @param completed when the answer was read, on the same clock; {@link Long#MAX_VALUE} when there
 *     was none
 */
public record Invocation(String user, long invoked, long completed, Result result) {

  /** What the client was told. */
  public sealed interface Result {}

  /** You have it, with this sequence (200, 201, 202). */
  public record Ok(long sequence) implements Result {}

  /**
   * No, with the problem's code: SOLD_OUT, NOT_OPEN, … or a 503's code that promises "no effect".
   */
  public record Refused(String code) implements Result {}

  /** No answer, a reset, a time-out, or OUTCOME_UNKNOWN: it may have happened. */
  public record Unknown() implements Result {}
}
