package io.sunchak.admission.commit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests that one call decides, in their order of arrival. What is public of it never changes.
 *
 * @param <R> a request
 * @param <G> the grant under which it is sent
 * @param <A> the call's answer
 */
public final class Group<R, G, A> {
  private final List<R> requests;
  private final G grant;
  private final long takenAt;
  private boolean landed;
  private @Nullable A answer;
  private @Nullable Throwable error;

  Group(List<R> requests, G grant, long takenAt) {
    assert !requests.isEmpty() : "an empty group";
    this.requests = requests;
    this.grant = grant;
    this.takenAt = takenAt;
  }

  /** Must not be changed. */
  public List<R> requests() {
    return requests;
  }

  /** Under which it was sent. */
  public G grant() {
    return grant;
  }

  /** The commit's clock just before it was sent. */
  public long takenAt() {
    return takenAt;
  }

  /**
   * Its call has ended. Called with the commit held.
   *
   * @return false if it had ended before
   */
  boolean land(@Nullable A answer, @Nullable Throwable error) {
    if (landed) {
      return false;
    }
    this.answer = answer;
    this.error = error;
    landed = true;
    return true;
  }

  boolean hasLanded() {
    return landed;
  }

  @Nullable A answer() {
    return answer;
  }

  @Nullable Throwable error() {
    return error;
  }
}
