package io.sunchak.admission.commit;

import io.sunchak.admission.commit.GroupCommit.Bounds;
import io.sunchak.admission.commit.GroupCommit.Offered;
import io.sunchak.core.loop.LoopListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * A group commit before a Redis that numbers users in the order in which calls are made. Lincheck
 * runs the operations on several threads, in all orders that it can think of, and then looks.
 */
public class GroupCommitModel {
  private static final int REFUSED = 0;

  private final Numbering redis = new Numbering();
  private final GroupCommit<Request, Integer, String, List<Integer>> commit;
  private final List<Request> offered = new ArrayList<>();
  private int clock;

  /** With so many calls in flight, of at most two requests each. */
  GroupCommitModel(int inFlight) {
    commit =
        new GroupCommit<>(redis, new Bounds(100, 2, inFlight), System::nanoTime, LoopListener.NONE);
    commit.open("grant");
  }

  /** One call in flight. */
  public static class OneInFlight extends GroupCommitModel {
    public OneInFlight() {
      super(1);
    }
  }

  /** Two calls in flight. */
  public static class TwoInFlight extends GroupCommitModel {
    public TwoInFlight() {
      super(2);
    }
  }

  @Operation
  public void offer() {
    Request request = new Request(tick());
    if (commit.offer(request) == Offered.CLOSED) {
      request.complete(REFUSED);
    }
    request.cameBackAt = tick();
    synchronized (offered) {
      offered.add(request);
    }
  }

  /** And the call that was made first, of those without an answer, is answered. */
  @Operation
  public void offerAndAnswer() {
    offer();
    Call oldest = redis.oldest();
    if (oldest != null) {
      oldest.complete(oldest.numbers);
    }
  }

  /** The first call is lost, so the gate is shut, and opened again. */
  @Operation
  public void loseAndReopen() {
    Call oldest = redis.oldest();
    if (oldest != null) {
      oldest.completeExceptionally(new IllegalStateException("lost"));
    }
    commit.close().forEach(request -> request.complete(REFUSED));
    commit.open("grant");
    commit.sendWaiting();
  }

  private synchronized int tick() {
    return ++clock;
  }

  @Validate
  public void everybody_is_answered_in_order_of_arrival() {
    for (Call left = redis.oldest(); left != null; left = redis.oldest()) {
      left.complete(left.numbers);
    }
    must(offered.stream().allMatch(CompletableFuture::isDone), "somebody waits for ever");
    must(redis.inOrder, "groups were settled out of order");
    must(commit.closeIfIdle(), "it is not idle");
    for (Request one : offered) {
      for (Request other : offered) {
        boolean numbered = one.number > 0 && other.number > 0;
        boolean earlier = one.cameBackAt < other.cameAt;
        must(!numbered || !earlier || one.number < other.number, "who came later was before");
      }
    }
  }

  private static void must(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  private static final class Request extends CompletableFuture<Integer> {
    private final int cameAt;
    private int cameBackAt;
    private int number;

    Request(int cameAt) {
      this.cameAt = cameAt;
    }
  }

  private static final class Call extends CompletableFuture<List<Integer>> {
    private final List<Integer> numbers = new ArrayList<>();
  }

  private static final class Numbering
      implements GroupCaller<Request, Integer, String, List<Integer>> {
    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private int given;
    private int settled;
    private boolean inOrder = true;

    synchronized Call oldest() {
      return calls.poll();
    }

    @Override
    public boolean mayBeSent(String grant) {
      return true;
    }

    @Override
    public synchronized CompletionStage<List<Integer>> send(
        Group<Request, String, List<Integer>> group) {
      Call call = new Call();
      for (Request request : group.requests()) {
        request.number = ++given;
        call.numbers.add(given);
      }
      calls.add(call);
      return call;
    }

    @Override
    public Settlement<Integer> settle(
        Group<Request, String, List<Integer>> group, List<Integer> numbers) {
      settled(group);
      return new Settlement<>(numbers, () -> {});
    }

    @Override
    public Integer fail(Group<Request, String, List<Integer>> group, Throwable error) {
      settled(group);
      return REFUSED;
    }

    private void settled(Group<Request, String, List<Integer>> group) {
      int first = group.requests().getFirst().number;
      inOrder &= first == settled + 1;
      settled = group.requests().getLast().number;
    }
  }
}
