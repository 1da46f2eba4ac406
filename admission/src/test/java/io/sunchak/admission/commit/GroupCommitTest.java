package io.sunchak.admission.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.admission.commit.GroupCommit.Bounds;
import io.sunchak.admission.commit.GroupCommit.Offered;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls are answered by hand: by one word for each request, which the request then hears. */
final class GroupCommitTest {
  private static final String LOOP = "group-commit";

  private final List<String> surprises = new ArrayList<>();
  private final Scripted scripted = new Scripted();
  private GroupCommit<Request, String, String, List<String>> commit = commit(1);

  private GroupCommit<Request, String, String, List<String>> commit(int inFlight) {
    return new GroupCommit<>(
        scripted,
        new Bounds(6, 3, inFlight),
        System::nanoTime,
        (loop, surprise) -> surprises.add(loop));
  }

  @Test
  void what_comes_while_a_call_is_in_flight_shares_the_next_one_in_order_of_arrival() {
    commit.open("grant");
    List<Request> requests = offer("a", "b", "c", "d", "e");
    assertThat(scripted.calls).containsExactly("a");
    scripted.answer("A");
    assertThat(scripted.calls).containsExactly("a", "bcd");
    scripted.answer("B", "C", "D");
    scripted.answer("E");
    assertThat(scripted.calls).containsExactly("a", "bcd", "e");
    assertThat(requests).extracting(Request::getNow).containsExactly("A", "B", "C", "D", "E");
  }

  @Test
  void the_next_group_is_on_its_way_before_anybody_hears_of_the_one_before() {
    commit.open("grant");
    Request first = offer("a").getFirst();
    offer("b");
    List<String> seen = new ArrayList<>();
    scripted.afterwards = () -> seen.add("afterwards " + scripted.calls + first.isDone());
    var _ = first.thenRun(() -> seen.add("heard"));
    scripted.answer("A");
    assertThat(seen).containsExactly("afterwards [a, b]false", "heard");
  }

  @Test
  void nothing_is_sent_before_it_is_opened_and_each_group_goes_under_the_pass_of_its_time() {
    assertThat(offer("a")).noneMatch(Request::isDone);
    assertThat(scripted.calls).isEmpty();
    commit.open("first");
    commit.sendWaiting();
    offer("b");
    commit.open("second");
    scripted.answer("A");
    commit.gather();
    offer("c");
    scripted.answer("B");
    assertThat(scripted.calls).containsExactly("a", "b");
    assertThat(scripted.grants).containsExactly("first", "second");
    assertThat(commit.isAnybodyWaiting()).isTrue();
  }

  @Test
  void under_a_pass_that_is_void_who_comes_waits() {
    commit.open("grant");
    scripted.isVoid = true;
    assertThat(commit.offer(new Request("a"))).isEqualTo(Offered.WAITS);
    scripted.isVoid = false;
    assertThat(commit.offer(new Request("b"))).isEqualTo(Offered.SENT);
    assertThat(scripted.calls).containsExactly("ab");
  }

  @Test
  void who_waits_when_it_is_closed_is_given_back_and_what_is_in_flight_lands() {
    commit.open("grant");
    List<Request> requests = offer("a", "b", "c");
    assertThat(commit.close()).containsExactly(requests.get(1), requests.get(2));
    assertThat(commit.offer(new Request("d"))).isEqualTo(Offered.CLOSED);
    assertThat(commit.adopt(List.of(new Request("e")))).isFalse();
    scripted.answer("A");
    assertThat(requests.getFirst().getNow()).isEqualTo("A");
    assertThat(scripted.calls).containsExactly("a");
    commit.open("again");
    offer("f");
    assertThat(scripted.calls).containsExactly("a", "f");
  }

  @Test
  void it_closes_as_idle_only_with_nobody_waiting_or_in_flight() {
    offer("a");
    assertThat(commit.closeIfIdle()).isFalse();
    commit.open("grant");
    commit.sendWaiting();
    assertThat(commit.closeIfIdle()).isFalse();
    scripted.answer("A");
    assertThat(commit.closeIfIdle()).isTrue();
    assertThat(commit.offer(new Request("b"))).isEqualTo(Offered.CLOSED);
  }

  @Test
  void no_more_wait_than_may_and_who_came_first_is_taken_out_first() {
    List<Request> requests = offer("a", "b", "c", "d", "e", "f");
    assertThat(commit.offer(new Request("g"))).isEqualTo(Offered.FULL);
    assertThat(commit.takeWhile(request -> !request.name.equals("c")))
        .containsExactly(requests.get(0), requests.get(1));
    assertThat(commit.adopt(offered("v", "w", "x", "y"))).as("they waited elsewhere").isTrue();
    commit.open("grant");
    commit.sendWaiting();
    assertThat(scripted.calls).containsExactly("cde");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void an_answer_of_the_wrong_length_fails_its_group_and_no_other(int words) {
    commit.open("grant");
    List<Request> requests = offer("a", "b", "c", "d");
    scripted.answer("A");
    // b, c and d are the group of three; one word too few or too many for the group of d and e
    scripted.answer("B", "C", "D");
    List<Request> two = offer("e", "f", "g", "h");
    scripted.answer("E");
    scripted.answer(
        Stream.generate(() -> "?").limit(words == 3 ? 4 : words).toArray(String[]::new));
    assertThat(requests).extracting(Request::getNow).containsExactly("A", "B", "C", "D");
    assertThat(two).extracting(Request::getNow).containsExactly("E", "failed", "failed", "failed");
    assertThat(surprises).containsExactly(LOOP);
    offer("i");
    scripted.answer("I");
    assertThat(scripted.calls).containsExactly("a", "bcd", "e", "fgh", "i");
  }

  @Test
  void a_call_that_fails_fails_its_group_and_no_other() {
    commit.open("grant");
    List<Request> requests = offer("a", "b");
    scripted.flying.removeFirst().completeExceptionally(new IllegalStateException("lost"));
    scripted.answer("B");
    assertThat(requests).extracting(Request::getNow).containsExactly("failed", "B");
    assertThat(surprises).as("the owner knows").isEmpty();
  }

  @Test
  void a_call_that_cannot_be_made_fails_its_group_and_no_other() {
    commit.open("grant");
    scripted.sending = new AssertionError("a defect in the owner");
    Request first = offer("a").getFirst();
    assertThat(first.getNow()).isEqualTo("failed");
    scripted.sending = null;
    Request second = offer("b").getFirst();
    scripted.answer("B");
    assertThat(second.getNow()).isEqualTo("B");
  }

  @Test
  void a_listener_that_throws_keeps_nobody_from_the_answer() {
    commit.open("grant");
    scripted.afterwards =
        () -> {
          throw new AssertionError("a defect in the listener");
        };
    for (String name : List.of("a", "b", "c")) {
      Request request = offer(name).getFirst();
      scripted.answer(name + "!");
      assertThat(request.getNow()).isEqualTo(name + "!");
    }
    assertThat(surprises).containsExactly(LOOP, LOOP, LOOP);
  }

  @Test
  void an_owner_that_cannot_even_fail_ends_its_group_exceptionally_and_no_other() {
    commit.open("grant");
    scripted.failing = new AssertionError("a defect in the owner");
    List<Request> requests = offer("a", "b");
    scripted.answer();
    assertThat(requests.getFirst()).isCompletedExceptionally();
    scripted.answer("B");
    assertThat(requests.getLast().getNow()).isEqualTo("B");
    assertThat(surprises).containsExactly(LOOP, LOOP);
  }

  @Test
  void as_many_calls_are_in_flight_as_may_be_and_are_made_in_order_of_arrival() {
    commit = commit(2);
    commit.open("grant");
    List<Request> requests = offer("a", "b", "c", "d");
    assertThat(scripted.calls).containsExactly("a", "b");
    scripted.answer("A");
    assertThat(scripted.calls).containsExactly("a", "b", "cd");
    assertThat(requests.get(1)).isNotDone();
    scripted.answer("B");
    scripted.answer("C", "D");
    assertThat(requests).extracting(Request::getNow).containsExactly("A", "B", "C", "D");
  }

  @Test
  void groups_are_settled_in_their_order_whichever_is_answered_first() {
    commit = commit(2);
    commit.open("grant");
    List<Request> requests = offer("a", "b", "c");
    scripted.flying.removeLast().complete(List.of("B"));
    assertThat(requests).noneMatch(Request::isDone);
    assertThat(scripted.calls).containsExactly("a", "b");
    scripted.answer("A");
    assertThat(requests).extracting(Request::getNow).containsExactly("A", "B", "waits");
    assertThat(scripted.settled).containsExactly("a", "b");
    assertThat(scripted.calls).containsExactly("a", "b", "c");
  }

  @Test
  void a_group_that_fails_leaves_the_one_behind_it_in_flight() {
    commit = commit(2);
    commit.open("grant");
    List<Request> requests = offer("a", "b");
    scripted.flying.removeFirst().completeExceptionally(new IllegalStateException("no answer"));
    assertThat(requests).extracting(Request::getNow).containsExactly("failed", "waits");
    scripted.answer("B");
    assertThat(requests).extracting(Request::getNow).containsExactly("failed", "B");
  }

  /** The turn to send is handed over under the lock; else who came meanwhile would be left. */
  @Test
  void who_comes_while_a_call_is_made_is_sent_by_whoever_makes_it() {
    commit = commit(2);
    commit.open("grant");
    Request second = new Request("b");
    scripted.meanwhile = () -> assertThat(commit.offer(second)).isEqualTo(Offered.WAITS);
    offer("a");
    assertThat(scripted.calls).containsExactly("a", "b");
  }

  @Test
  void calls_that_are_answered_at_once_are_made_one_after_the_other() {
    commit.adopt(Stream.iterate(0, i -> i + 1).limit(30_000).map(i -> new Request("a")).toList());
    scripted.atOnce = true;
    commit.open("grant");
    commit.sendWaiting();
    assertThat(scripted.calls).hasSize(10_000);
    assertThat(commit.closeIfIdle()).isTrue();
  }

  @Test
  void a_bound_below_one_is_refused() {
    assertThatThrownBy(() -> new Bounds(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bounds(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bounds(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private List<Request> offer(String... names) {
    List<Request> requests = offered(names);
    requests.forEach(
        request -> assertThat(commit.offer(request)).isIn(Offered.SENT, Offered.WAITS));
    return requests;
  }

  private static List<Request> offered(String... names) {
    return Stream.of(names).map(Request::new).toList();
  }

  private static final class Request extends CompletableFuture<String> {
    private final String name;

    Request(String name) {
      this.name = name;
    }

    String getNow() {
      return getNow("waits");
    }
  }

  private static final class Scripted
      implements GroupCaller<Request, String, String, List<String>> {
    private final List<String> calls = new ArrayList<>();
    private final List<String> grants = new ArrayList<>();
    private final List<CompletableFuture<List<String>>> flying = new ArrayList<>();
    private final List<String> settled = new ArrayList<>();
    private Runnable afterwards = () -> {};
    private @Nullable Runnable meanwhile;
    private boolean isVoid;
    private boolean atOnce;
    private @Nullable Error sending;
    private @Nullable Error failing;

    /** The oldest call gets these words. */
    void answer(String... words) {
      flying.removeFirst().complete(List.of(words));
    }

    @Override
    public boolean mayBeSent(String grant) {
      return !isVoid;
    }

    @Override
    public CompletionStage<List<String>> send(Group<Request, String, List<String>> group) {
      if (sending != null) {
        throw sending;
      }
      List<String> names = group.requests().stream().map(request -> request.name).toList();
      calls.add(String.join("", names));
      Runnable once = meanwhile;
      meanwhile = null;
      if (once != null) {
        once.run();
      }
      grants.add(group.grant());
      CompletableFuture<List<String>> call = new CompletableFuture<>();
      if (atOnce) {
        call.complete(names);
      } else {
        flying.add(call);
      }
      return call;
    }

    @Override
    public Settlement<String> settle(
        Group<Request, String, List<String>> group, List<String> words) {
      group.requests().forEach(request -> settled.add(request.name));
      return new Settlement<>(words, afterwards);
    }

    @Override
    public String fail(Group<Request, String, List<String>> group, Throwable error) {
      if (failing != null) {
        throw failing;
      }
      return "failed";
    }
  }
}
