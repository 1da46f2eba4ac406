package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.judge.Invocation;
import io.sunchak.judge.Judge;
import io.sunchak.judge.Options;
import io.sunchak.judge.Verdict;
import io.sunchak.load.Answer;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import io.sunchak.token.TokenSigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The users of one campaign, u1 to un, who press the button until they know: a coupon, or the
 * campaign's own no. No answer and each 503 means to press again, soon, on another node. Everything
 * asked and told is recorded for the judge.
 */
final class Crowd {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int PAUSE_MILLIS = 20;

  private final Campaign campaign;
  private final TokenSigner signer;
  private final List<ApiClient> nodes;
  private final Queue<Invocation> history = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
  private final Queue<String> unclean = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Runnable> deeds = new ConcurrentHashMap<>();
  private final AtomicInteger answered = new AtomicInteger();

  /** A crowd before {@code nodes}, each a client of one server. */
  Crowd(Campaign campaign, TokenSigner signer, List<ApiClient> nodes) {
    this.campaign = campaign;
    this.signer = signer;
    this.nodes = nodes;
  }

  /** Makes the campaign, by the first node, which may have to be asked again. */
  Crowd open() {
    String body =
        """
        {"id": "%s", "name": "%s", "totalStock": %d, "opensAt": "%s", "closesAt": "%s"}\
        """
            .formatted(
                campaign.id(),
                campaign.name(),
                campaign.stock().total(),
                campaign.window().opensAt(),
                campaign.window().closesAt());
    String admin = signer.sign("admin", true, HOUR);
    HttpCall create = new HttpCall("POST", "/api/v1/admin/campaigns", admin, body);
    List<Integer> statuses = new ArrayList<>();
    await("201 for " + campaign)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .until(() -> isMade(nodes.getFirst().send(create).join(), statuses));
    return this;
  }

  /** A ledger on a busy disk may take longer for one row than the server waits for it. */
  private static boolean isMade(Answer answer, List<Integer> statuses) {
    boolean again = answer.isMissing() || answer.status() == 503;
    boolean madeBefore = answer.status() == 409 && !statuses.isEmpty();
    assertThat(again || madeBefore || answer.status() == 201)
        .as("%s after %s", answer, statuses)
        .isTrue();
    statuses.add(answer.status());
    return !again;
  }

  /** Does {@code deed} in the moment in which so many answers have come. */
  Crowd at(int answers, Runnable deed) {
    deeds.put(answers, deed);
    return this;
  }

  /** All users from u{@code from} to u{@code to} at once; done when the last of them knows. */
  CompletableFuture<Void> press(int from, int to) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String path = "/api/v1/campaigns/" + campaign.id() + "/issues";
    CompletableFuture<?>[] users =
        IntStream.rangeClosed(from, to)
            .mapToObj(i -> "u" + i)
            .map(user -> press(user, HttpCall.post(path, signer.sign(user, false, HOUR)), deadline))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(users);
  }

  private CompletableFuture<Answer> press(String user, HttpCall call, long deadline) {
    ApiClient node = nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
    return node.send(call)
        .thenCompose(answer ->
            knows(user, answer)
                ? CompletableFuture.completedFuture(answer)
                : again(user, call, answer, deadline));
  }

  private CompletionStage<Answer> again(String user, HttpCall call, Answer last, long deadline) {
    if (System.nanoTime() - deadline > 0) {
      throw new AssertionError("%s of %s still does not know: %s".formatted(user, campaign, last));
    }
    int pause = PAUSE_MILLIS + ThreadLocalRandom.current().nextInt(PAUSE_MILLIS);
    Executor later = CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS);
    return CompletableFuture.runAsync(() -> {}, later)
        .thenCompose(paused -> press(user, call, deadline));
  }

  private boolean knows(String user, Answer answer) {
    Invocation seen =
        new Invocation(user, answer.sentNanos(), answer.completedNanos(), answer.result());
    history.add(seen);
    answers.merge(answer.status() + " " + seen.result(), 1, Integer::sum);
    if (!answer.isAllowed()) {
      unclean.add(answer.toString());
    }
    Runnable deed = deeds.get(answered.incrementAndGet());
    if (deed != null) {
      deed.run();
    }
    return answer.isFinal();
  }

  Campaign campaign() {
    return campaign;
  }

  int answered() {
    return answered.get();
  }

  List<Invocation> history() {
    return List.copyOf(history);
  }

  /** How many answers of each status and code came, coupons without their sequence. */
  Map<String, Integer> answers() {
    Map<String, Integer> kinds = new ConcurrentSkipListMap<>();
    answers.forEach(
        (kind, n) -> kinds.merge(kind.replaceAll("\\[sequence=.*", ""), n, Integer::sum));
    return kinds;
  }

  /**
   * I1 to I7, I9 and I10, once drained.
   *
   * @param seed shown when a promise was broken
   */
  IssueStage.Stored assertPromiseKept(BothSides sides, Object seed) {
    IssueStage.Stored stored = judged(sides, seed);
    assertThat(stored.failures()).as("failures, seed %s", seed).isEmpty();
    return stored;
  }

  /**
   * As {@link #assertPromiseKept}, but numbers that nobody was told may have become void: a primary
   * that is lost with its last groups leaves such numbers below those that servers remember.
   */
  IssueStage.Stored assertPromiseKeptOrVoid(BothSides sides, Object seed) {
    IssueStage.Stored stored = judged(sides, seed);
    assertThat(stored.failures())
        .as("failures, seed %s", seed)
        .allMatch(CouponLedger.Failure::isVoid);
    return stored;
  }

  private IssueStage.Stored judged(BothSides sides, Object seed) {
    IssueStage.Stored stored = sides.drained(campaign.id());
    Verdict verdict =
        Judge.check(
            history(),
            stored.heldByRows(),
            stored.heldByFailures(),
            stored.campaign().stock().total(),
            Options.drained(isDemandMet()));
    assertThat(verdict.violations()).as("judge, seed %s, answers %s", seed, answers()).isEmpty();
    assertThat(sides.disagreements(campaign.id())).as("I10, seed %s", seed).isEmpty();
    assertThat(unclean).as("I9, seed %s", seed).isEmpty();
    return stored;
  }

  private boolean isDemandMet() {
    Long total = campaign.stock().total();
    long users = history.stream().map(Invocation::user).distinct().count();
    return total != null && users >= total;
  }
}
