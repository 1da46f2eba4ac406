package io.sunchak.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.judge.Invocation;
import io.sunchak.judge.Judge;
import io.sunchak.judge.Options;
import io.sunchak.load.generator.AnswerCodec;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Endpoint;
import io.sunchak.load.generator.Load;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.LoadGenerator.Result;
import io.sunchak.load.generator.Shots;
import io.sunchak.server.endtoend.BothSides;
import io.sunchak.server.testing.Api;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Well-behaved users who issue beside the fuzzer, twice as many as coupons, until judged. */
final class IssueLoad implements AutoCloseable {
  private static final double PER_SECOND = 100;
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final CampaignId campaign;
  private final int stock;
  private final Credentials users;
  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<Result> result = new CompletableFuture<>();

  /** Begins on a new campaign. */
  IssueLoad(Api api, String id, int stock) {
    this.campaign = new CampaignId(id);
    this.stock = stock;
    api.create(id, stock);
    int count = 2 * stock;
    users = Credentials.tokens(api.server().signer(), id + "-", count);
    AtomicInteger sent = new AtomicInteger();
    Shots shots = () -> over.get() ? Shots.END : Shots.of(0, sent.getAndIncrement() % count);
    Load load =
        new Load(
            List.of(api.server().url()),
            List.of(Endpoint.issue(campaign)),
            users,
            shots,
            PER_SECOND,
            8,
            LONGEST,
            PATIENCE);
    Thread.startVirtualThread(() -> run(load));
  }

  private void run(Load load) {
    try (LoadGenerator generator = new LoadGenerator(1)) {
      result.complete(generator.run(load));
    } catch (InterruptedException | RuntimeException failed) {
      result.completeExceptionally(failed);
    }
  }

  /** Ends it; asserts that every answer was right and that each promise was kept. */
  void judge(BothSides sides) {
    over.set(true);
    Result seen = result.join();
    List<Invocation> history = seen.history(0, users);
    IssueStage.Stored stored = sides.drained(campaign);
    boolean all = history.size() >= 2 * stock;

    assertThat(wrong(seen)).as("answers that no user may get").isEmpty();
    assertThat(stored.rows()).hasSize(Math.min(stock, history.size()));
    assertThat(
            Judge.check(
                    history,
                    stored.heldByRows(),
                    stored.heldByFailures(),
                    (long) stock,
                    Options.drained(all))
                .violations())
        .isEmpty();
    assertThat(sides.disagreements(campaign)).isEmpty();
    System.out.printf("beside it: %d issues, %d coupons%n", history.size(), stored.rows().size());
  }

  /** How often each wrong answer came. */
  private static Map<String, Integer> wrong(Result seen) {
    Map<String, Integer> wrong = new TreeMap<>();
    for (int i = 0; i < seen.recording().size(); i++) {
      long answer = seen.recording().answer(i);
      Invocation.Result said = seen.codec().result(answer);
      boolean right =
          said instanceof Invocation.Ok || said.equals(new Invocation.Refused("SOLD_OUT"));
      if (!right) {
        wrong.merge(AnswerCodec.status(answer) + " " + said, 1, Integer::sum);
      }
    }
    return wrong;
  }

  @Override
  public void close() {
    over.set(true);
    result.handle((seen, failed) -> true).join();
  }
}
