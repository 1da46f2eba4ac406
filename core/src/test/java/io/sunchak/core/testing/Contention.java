package io.sunchak.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Held;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Many users at once for few coupons, each trying more than once, from one virtual thread each. The
 * seed decides stock and demand, which node each try goes to, and whether a user's tries overlap;
 * the schedule is the machine's.
 *
 * <pre>{@code
 * Contention contention = Contention.drawn(seed);
 * stage.create(contention.campaign());
 * contention.fire(List.of(issuer)).assertExhausted();
 * }</pre>
 *
 * @param campaign with {@code stock} coupons; to be created before firing
 * @param tries of each user
 */
public record Contention(long seed, Campaign campaign, int stock, int users, int tries) {
  private static final int LIMIT_SECONDS = 60;

  /** A fresh campaign with 50 to 150 coupons, 20 to 24 users a coupon, three tries a user. */
  public static Contention drawn(long seed) {
    Random random = new Random(seed);
    int stock = 50 + random.nextInt(101);
    int users = stock * 20 + random.nextInt(stock * 4 + 1);
    return new Contention(seed, Campaigns.open(stock), stock, users, 3);
  }

  /** Lets all users go at once, over {@code nodes}; returns when the last try is answered. */
  public Answers fire(List<CouponIssuer> nodes) {
    CountDownLatch start = new CountDownLatch(1);
    Map<String, CompletableFuture<List<IssueOutcome>>> asked = new TreeMap<>();
    for (int i = 0; i < users; i++) {
      UserId user = new UserId("user-" + i);
      Random random = new Random(seed * 1_000_003 + i);
      CompletableFuture<List<IssueOutcome>> answers = new CompletableFuture<>();
      asked.put(user.value(), answers);
      Thread.startVirtualThread(() -> {
        try {
          start.await();
          answers.complete(tryAll(user, nodes, random));
        } catch (Exception e) {
          answers.completeExceptionally(e);
        }
      });
    }
    start.countDown();
    Map<String, List<IssueOutcome>> told = new TreeMap<>();
    asked.forEach((user, answers) -> told.put(user, get(user, answers)));
    return new Answers(this, told);
  }

  private List<IssueOutcome> tryAll(UserId user, List<CouponIssuer> nodes, Random random)
      throws Exception {
    boolean overlapping = random.nextBoolean();
    List<CompletableFuture<IssueOutcome>> sent = new ArrayList<>();
    for (int i = 0; i < tries; i++) {
      CouponIssuer node = nodes.get(random.nextInt(nodes.size()));
      CompletableFuture<IssueOutcome> answer =
          node.issue(new IssueRequest(campaign.id(), user)).toCompletableFuture();
      if (!overlapping) {
        answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
      sent.add(answer);
    }
    List<IssueOutcome> answers = new ArrayList<>();
    for (CompletableFuture<IssueOutcome> answer : sent) {
      answers.add(answer.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
    return answers;
  }

  private List<IssueOutcome> get(String user, CompletableFuture<List<IssueOutcome>> answers) {
    try {
      return answers.orTimeout((long) tries * LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new AssertionError(user + " got no answer in " + this, e);
    }
  }

  /** What each user was told, in the order of the tries. */
  public record Answers(Contention contention, Map<String, List<IssueOutcome>> byUser) {

    /** Who holds a coupon, and with which sequence. */
    public Map<String, Long> holders() {
      Map<String, Long> holders = new TreeMap<>();
      byUser.forEach((user, answers) -> {
        for (IssueOutcome answer : answers) {
          if (answer instanceof Held held) {
            holders.put(user, held.sequence());
          }
        }
      });
      return holders;
    }

    /**
     * Every coupon is given once, numbered without a gap; who holds one heard so at each try, with
     * one number; all others heard SOLD_OUT each time.
     */
    public void assertExhausted() {
      Map<String, Long> holders = holders();
      assertThat(holders.values())
          .as("sequences given in %s", contention)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, contention.stock()).boxed().toList());
      byUser.forEach((user, answers) -> {
        Long sequence = holders.get(user);
        assertThat(answers)
            .as("answers to %s in %s", user, contention)
            .hasSize(contention.tries())
            .allMatch(answer -> sequence == null ? isSoldOut(answer) : holds(answer, sequence));
        assertThat(answers.stream().filter(IssueOutcome.Accepted.class::isInstance))
            .as("acceptances of %s in %s", user, contention)
            .hasSize(sequence == null ? 0 : 1);
      });
    }

    private static boolean isSoldOut(IssueOutcome answer) {
      return answer instanceof IssueOutcome.SoldOut;
    }

    private static boolean holds(IssueOutcome answer, long sequence) {
      return answer instanceof Held held && held.sequence() == sequence;
    }
  }
}
