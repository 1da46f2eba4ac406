package io.sunchak.load;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.judge.Held;
import io.sunchak.judge.Judge;
import io.sunchak.judge.Options;
import io.sunchak.judge.Verdict;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Endpoint;
import io.sunchak.load.generator.Load;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Shots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/**
 * A whole drop: creates a campaign, sends every user's request, reads the ledger back, and asks the
 * judge. Not thread-safe.
 */
public final class Drop {
  private static final Duration CALL = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration STORED = Duration.ofSeconds(30);
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int PAGE = 1_000;

  private final RunningServer server;
  private final Plan plan;
  private final Duration call;
  private final Duration stored;

  /**
   * What to do.
   *
   * @param tries requests of each user
   */
  public record Plan(CampaignId campaign, int users, long stock, int tries, int connections) {}

  /** The result; times in milliseconds, from the first request. */
  public record Report(
      Plan plan,
      Tries tries,
      long unknown,
      long rows,
      double millisToAnswerAll,
      double millisToStoreAll,
      Verdict verdict) {
    double acceptedPerSecond() {
      return tries.acceptedUsers() / (millisToAnswerAll / 1e3);
    }

    public boolean isClean() {
      return verdict.isClean() && unknown == 0;
    }
  }

  public Drop(RunningServer server, Plan plan) {
    this(server, plan, CALL, STORED);
  }

  /**
   * A drop with other limits.
   *
   * @param call how long an answer may take
   * @param stored how long the ledger may stay as it is while coupons are missing
   */
  Drop(RunningServer server, Plan plan, Duration call, Duration stored) {
    this.server = server;
    this.plan = plan;
    this.call = call;
    this.stored = stored;
  }

  /**
   * Runs it.
   *
   * @param progress told of each request that is sent
   * @throws CommandException when the campaign cannot be made or read
   */
  public Report run(LongConsumer progress) throws InterruptedException {
    // Users are u1 and up: nobody is user 0.
    Credentials users = Credentials.tokens(server.signer(), "u", plan.users() + 1);
    String admin = server.signer().sign("drop", true, TOKEN_LIFE);
    try (ApiClient api = new ApiClient(server.url(), 1, call);
        LoadGenerator generator = new LoadGenerator(1)) {
      create(api, admin);
      Tries tries = new Tries();
      for (int i = 0; i < plan.tries(); i++) {
        tries.add(generator.run(load(users, progress)), users);
      }
      double answered = tries.millisSinceStart();
      List<Coupon> rows = rows(api, admin, tries.acceptedUsers());
      return report(tries, rows, answered, tries.millisSinceStart());
    }
  }

  private Load load(Credentials users, LongConsumer progress) {
    Shots once = Shots.rounds(1, plan.users() + 1, 1);
    Shots counted =
        () -> {
          long shot = once.next();
          if (shot != Shots.END) {
            progress.accept(1);
          }
          return shot;
        };
    return new Load(
        List.of(server.url()),
        List.of(Endpoint.issue(plan.campaign())),
        users,
        counted,
        null,
        Math.min(plan.connections(), plan.users()),
        LONGEST,
        call);
  }

  private void create(ApiClient api, String admin) {
    Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    String body =
        Json.MAPPER.writeValueAsString(
            Map.of(
                "id", plan.campaign().value(),
                "name", String.format(Locale.ROOT, "Drop of %,d", plan.stock()),
                "totalStock", plan.stock(),
                "opensAt", now.toString(),
                "closesAt", now.plus(Duration.ofDays(365)).toString()));
    Answer answer = api.send(new HttpCall("POST", "/api/v1/admin/campaigns", admin, body)).join();
    if (answer.status() != 201) {
      throw new CommandException(
          "the server did not create the campaign: "
              + (answer.isMissing() ? "no answer" : answer.status() + " " + answer.body()),
          "is the server at " + server.url() + " running?");
    }
  }

  /**
   * Reads the ledger on from where it was read, until it holds every promise or does not grow in
   * time.
   */
  private List<Coupon> rows(ApiClient api, String admin, long promised)
      throws InterruptedException {
    List<Coupon> rows = new ArrayList<>();
    long grown = System.nanoTime();
    while (System.nanoTime() - grown < stored.toNanos()) {
      int before = rows.size();
      boolean more = readPage(api, admin, rows);
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

  private boolean readPage(ApiClient api, String admin, List<Coupon> rows) {
    long after = rows.isEmpty() ? 0 : rows.getLast().sequence();
    String path =
        "/api/v1/admin/campaigns/%s/issues?limit=%s&cursor=%s"
            .formatted(plan.campaign(), PAGE, after);
    Answer answer = api.send(HttpCall.get(path, admin)).join();
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

  private Report report(Tries tries, List<Coupon> rows, double answered, double stored) {
    // A request that could not be sent, because the server was gone, counts as one without answer.
    long unsent = (long) plan.users() * plan.tries() - tries.history().size();
    long unknown = tries.unknown() + unsent;
    Verdict verdict =
        Judge.check(
            tries.history(),
            rows.stream().map(row -> new Held(row.user(), row.sequence())).toList(),
            List.of(),
            plan.stock(),
            Options.drained(plan.users() >= plan.stock() && unknown == 0));
    return new Report(plan, tries, unknown, rows.size(), answered, stored, verdict);
  }
}
