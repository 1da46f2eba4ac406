package io.sunchak.admission.commit;

import java.util.concurrent.CompletionStage;

/**
 * What a {@link GroupCommit} needs of its owner. Whatever a method throws fails the group that it
 * was called for, and no other.
 *
 * @param <R> a request
 * @param <O> what a request is answered
 * @param <G> the grant under which groups are sent
 * @param <A> a call's answer
 */
public interface GroupCaller<R, O, G, A> {
  /**
   * Whether a group may still be sent under {@code grant}; else it waits for another one. Called
   * with the commit held: must return at once and call nothing of it.
   */
  boolean mayBeSent(G grant);

  /** Sends a group. Calls are made one after the other, in the order of the groups. */
  CompletionStage<A> send(Group<R, G, A> group);

  /**
   * Reads the answer, and takes note of what the next group is sent with. Called for one group
   * after the other, in their order, before the next group is sent.
   *
   * @return an outcome for each request; with more or fewer of them the group fails
   */
  Settlement<O> settle(Group<R, G, A> group, A answer);

  /**
   * As {@link #settle}, when there is no answer, or none that can be read.
   *
   * @return the outcome of every request
   */
  O fail(Group<R, G, A> group, Throwable error);
}
