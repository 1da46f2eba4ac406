package io.sunchak.load;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.judge.Held;
import io.sunchak.judge.Invocation;
import io.sunchak.judge.Judge;
import io.sunchak.judge.Options;
import io.sunchak.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/**
 * A whole drop: a campaign of its own, every user at once, the ledger read back, the judge asked.
 * Not thread-safe.
 */
public final class Drop {
  private static final Duration CALL = Duration.ofSeconds(15);
  private static final Duration STORED = Duration.ofSeconds(30);
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int PAGE = 1_000;

  private final RunningServer server;
  private final Plan plan;
  private final Duration stored;
  private final RecordedHistory history = new RecordedHistory();
  private final Latencies accepted = new Latencies();
  private final Latencies refused = new Latencies();

  /**
   * What to do.
   *
   * @param tries how often each user presses the button
   */
  public record Plan(CampaignId campaign, int users, long stock, int tries, int connections) {}

  /** What came of it; times in milliseconds, from the first request. */
  public record Report(
      Plan plan,
      long acceptedUsers,
      Map<String, Long> refusedByCode,
      long unknown,
      long rows,
      double acceptedPerSecond,
      double millisToAnswerAll,
      double millisToStoreAll,
      Latencies accepted,
      Latencies refused,
      Verdict verdict) {
    public boolean isClean() {
      return verdict.isClean() && unknown == 0;
    }
  }

  public Drop(RunningServer server, Plan plan) {
    this(server, plan, STORED);
  }

  /**
   * A drop that waits otherwise.
   *
   * @param stored how long the ledger may stand still short of what was promised
   */
  Drop(RunningServer server, Plan plan, Duration stored) {
    this.server = server;
    this.plan = plan;
    this.stored = stored;
  }

  /**
   * Runs it.
   *
   * @param progress told how many answers have come
   * @throws DropException when the campaign cannot be made or read
   */
  public Report run(LongConsumer progress) throws InterruptedException {
    List<HttpCall> calls = calls();
    try (HttpLoadClient client = new HttpLoadClient(server.url(), plan.connections(), CALL)) {
      String admin = server.signer().sign("drop", true, TOKEN_LIFE);
      create(client, admin);
      long started = System.nanoTime();
      fire(client, calls, progress);
      double answered = (System.nanoTime() - started) / 1e6;
      List<Coupon> rows = rows(client, admin);
      double stored = (System.nanoTime() - started) / 1e6;
      return report(rows, answered, stored);
    }
  }

  private List<HttpCall> calls() {
    String path = "/api/v1/campaigns/" + plan.campaign() + "/issues";
    List<HttpCall> calls = new ArrayList<>(plan.users());
    for (int i = 1; i <= plan.users(); i++) {
      calls.add(HttpCall.post(path, server.signer().sign("u" + i, false, TOKEN_LIFE)));
    }
    return calls;
  }

  private void create(HttpLoadClient client, String admin) {
    Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    String body =
        Json.MAPPER.writeValueAsString(
            Map.of(
                "id", plan.campaign().value(),
                "name", String.format(Locale.ROOT, "Drop of %,d", plan.stock()),
                "totalStock", plan.stock(),
                "opensAt", now.toString(),
                "closesAt", now.plus(Duration.ofDays(365)).toString()));
    Answer answer =
        client.send(new HttpCall("POST", "/api/v1/admin/campaigns", admin, body)).join();
    if (answer.status() != 201) {
      throw new DropException(
          "the server did not make a campaign: "
              + (answer.isMissing() ? "no answer" : answer.status() + " " + answer.body()),
          "is the server at " + server.url() + " running?");
    }
  }

  private void fire(HttpLoadClient client, List<HttpCall> calls, LongConsumer progress) {
    for (int attempt = 0; attempt < plan.tries(); attempt++) {
      List<CompletableFuture<Void>> answers = new ArrayList<>(calls.size());
      for (int i = 0; i < calls.size(); i++) {
        String user = "u" + (i + 1);
        answers.add(client.send(calls.get(i)).thenAccept(answer -> take(user, answer, progress)));
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    }
  }

  private void take(String user, Answer answer, LongConsumer progress) {
    Invocation seen = history.record(plan.campaign(), user, answer);
    long nanos = answer.readNanos() - answer.sentNanos();
    switch (seen.result()) {
      case Invocation.Ok _ -> accepted.record(nanos);
      case Invocation.Refused _ -> refused.record(nanos);
      case Invocation.Unknown _ -> refused.record(nanos);
    }
    progress.accept(1);
  }

  private long promised() {
    return history.all().stream()
        .filter(i -> i.result() instanceof Invocation.Ok)
        .map(Invocation::user)
        .distinct()
        .count();
  }

  /**
   * Reads the ledger on from where it was read, until it holds every promise or does not grow in
   * time.
   */
  private List<Coupon> rows(HttpLoadClient client, String admin) throws InterruptedException {
    List<Coupon> rows = new ArrayList<>();
    long promised = promised();
    long grown = System.nanoTime();
    while (System.nanoTime() - grown < stored.toNanos()) {
      int before = rows.size();
      boolean more = readPage(client, admin, rows);
      if (!more && rows.size() >= promised) {
        return rows;
      }
      if (rows.size() > before) {
        grown = System.nanoTime();
      } else {
        Thread.sleep(POLL);
      }
    }
    return rows;
  }

  private boolean readPage(HttpLoadClient client, String admin, List<Coupon> rows) {
    long after = rows.isEmpty() ? 0 : rows.getLast().sequence();
    String path =
        "/api/v1/admin/campaigns/%s/issues?limit=%s&cursor=%s"
            .formatted(plan.campaign(), PAGE, after);
    Answer answer = client.send(HttpCall.get(path, admin)).join();
    JsonNode items = Json.read(answer.body()).path("items");
    for (JsonNode item : items) {
      rows.add(
          new Coupon(
              plan.campaign(),
              item.path("sequence").asLong(),
              item.path("userId").asString(),
              Instant.parse(item.path("acceptedAt").asString()),
              Instant.parse(item.path("issuedAt").asString())));
    }
    return items.size() == PAGE;
  }

  private Report report(List<Coupon> rows, double answered, double stored) {
    List<Invocation> seen = history.all();
    Map<String, Long> codes = new TreeMap<>();
    long unknown = 0;
    for (Invocation one : seen) {
      if (one.result() instanceof Invocation.Refused no) {
        codes.merge(no.code(), 1L, Long::sum);
      } else if (one.result() instanceof Invocation.Unknown) {
        unknown++;
      }
    }
    Verdict verdict =
        Judge.check(
            seen,
            rows.stream().map(row -> new Held(row.user(), row.sequence())).toList(),
            List.of(),
            plan.stock(),
            Options.drained(plan.users() >= plan.stock() && unknown == 0));
    long promised = promised();
    return new Report(
        plan,
        promised,
        codes,
        unknown,
        rows.size(),
        promised / (answered / 1e3),
        answered,
        stored,
        accepted,
        refused,
        verdict);
  }
}
