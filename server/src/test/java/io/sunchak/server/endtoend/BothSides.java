package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.embedded.directory.Secrets;
import io.sunchak.ledger.campaigns.JdbcCampaignLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.coupons.JdbcCouponLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Redis and the ledger as a bystander sees them, on connections of its own, beside the servers that
 * use them. Thread-safe.
 */
public final class BothSides implements AutoCloseable {
  private static final Duration CONTROL_LIMIT = Duration.ofSeconds(10);

  /** A limit for a drain that hangs; how fast it is, other tests judge. */
  private static final Duration DRAINED = Duration.ofMinutes(5);

  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final int PAGE = 10_000;

  private final LedgerDatabase database;
  private final RedisLink link;
  private final JdbcCampaignLedger campaigns;
  private final JdbcCouponLedger coupons;
  private final RedisCampaignKeyspace keyspace;

  private BothSides(String redis, String jdbc, String user, String password) {
    this.database = LedgerDatabase.open(jdbc, user, password);
    this.link = new RedisLink(redis, "bystander", CONTROL_LIMIT, LoopListener.NONE);
    this.campaigns = new JdbcCampaignLedger(database);
    this.coupons = new JdbcCouponLedger(database);
    this.keyspace = new RedisCampaignKeyspace(link);
  }

  /** Of these engines. */
  public static BothSides of(EmbeddedEngines engines) {
    return of(engines, engines.redisUri());
  }

  /** With another Redis. */
  public static BothSides of(EmbeddedEngines engines, String redis) {
    return of(engines, redis, engines.jdbcUrl());
  }

  /** With another Redis, and the ledger that is at this address now. */
  static BothSides of(EmbeddedEngines engines, String redis, String jdbc) {
    PostgresLogin owner = engines.postgresOwner();
    return new BothSides(redis, jdbc, owner.user(), owner.password());
  }

  /** The engines that another process runs on {@code data}. */
  public static BothSides of(Path data) throws IOException {
    Secrets secrets = Secrets.read(data);
    return new BothSides(
        "redis://:%s@127.0.0.1:%s".formatted(secrets.redisPassword(), port(data, "redis")),
        jdbcUrl(data),
        "sunchak_owner",
        secrets.postgresOwnerPassword());
  }

  /** Where the ledger is that another process runs on {@code data}. */
  public static String jdbcUrl(Path data) throws IOException {
    return "jdbc:postgresql://127.0.0.1:%s/sunchak".formatted(port(data, "postgres"));
  }

  private static String port(Path data, String role) throws IOException {
    return Files.readString(data.resolve("run").resolve(role + ".port")).strip();
  }

  /** Puts a campaign into the ledger; whoever serves it opens it. */
  void create(Campaign campaign) {
    if (!campaigns.create(campaign)) {
      throw new IllegalStateException(campaign.id() + " was used before");
    }
  }

  JdbcCampaignLedger campaigns() {
    return campaigns;
  }

  RedisCampaignKeyspace keyspace() {
    return keyspace;
  }

  /** How far the drain has come. */
  long cursor(CampaignId campaign) {
    return coupons.counts(campaign).cursor();
  }

  /** Waits until the log is empty and no resync runs, then reads the ledger. */
  public IssueStage.Stored drained(CampaignId campaign) {
    await("everything accepted of " + campaign + " is in the ledger")
        .atMost(DRAINED)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(LOOK_EVERY)
        .untilAsserted(() -> assertThat(progress(campaign)).isEqualTo("drained"));
    List<Coupon> rows = rows(campaign);
    return new IssueStage.Stored(
        campaigns.find(campaign).orElseThrow(), rows, failures(campaign, rows));
  }

  private String progress(CampaignId campaign) {
    try {
      long cursor = cursor(campaign);
      Optional<Facts> facts = keyspace.facts(campaign);
      if (facts.filter(f -> f.backlog() == 0 && f.sequence() == cursor).isEmpty()) {
        return "cursor %d, Redis %s".formatted(cursor, facts);
      }
      // Asked last: a resync stores its rows before it ends.
      return campaigns.head(campaign).orElseThrow().rebuilding() ? "resyncing" : "drained";
    } catch (LogException | LedgerException passing) {
      return passing.toString();
    }
  }

  public List<Coupon> rows(CampaignId campaign) {
    List<Coupon> rows = new ArrayList<>();
    List<Coupon> page = coupons.page(campaign, 0, PAGE);
    while (!page.isEmpty()) {
      rows.addAll(page);
      page = coupons.page(campaign, page.getLast().sequence(), PAGE);
    }
    return rows;
  }

  /** A failure keeps its user in Redis' issued hash, which so lists them all. */
  private List<Failure> failures(CampaignId campaign, List<Coupon> rows) {
    Map<String, Long> without = issued(campaign);
    rows.forEach(row -> without.remove(row.user()));
    List<Failure> failures = new ArrayList<>();
    without.keySet().forEach(user -> coupons.findFailure(campaign, user).ifPresent(failures::add));
    return failures;
  }

  private Map<String, Long> issued(CampaignId campaign) {
    Map<String, Long> issued = new TreeMap<>();
    keyspace.forEachIssued(
        campaign, page -> page.forEach(held -> issued.put(held.user(), held.sequence())));
    return issued;
  }

  /** I10, of a drained campaign: every way in which Redis and the ledger differ. */
  public List<String> disagreements(CampaignId campaign) {
    List<String> found = new ArrayList<>();
    LedgerHead head = campaigns.head(campaign).orElseThrow();
    CouponLedger.Counts counts = coupons.counts(campaign);
    Facts facts = keyspace.facts(campaign).orElse(new Facts(-1, -1, -1, -1));
    differ(found, "rebuilding", false, head.rebuilding());
    differ(found, "epoch", facts.epoch(), head.epoch());
    differ(found, "version", facts.version(), head.campaign().version());
    differ(found, "sequence and cursor", facts.sequence(), head.cursor());
    differ(found, "sequence and count", facts.sequence(), counts.rows() + counts.failures());
    Map<String, Long> held = new TreeMap<>();
    List<Coupon> rows = rows(campaign);
    rows.forEach(row -> held.put(row.user(), row.sequence()));
    failures(campaign, rows).forEach(kept -> held.put(kept.user(), kept.sequence()));
    differ(found, "who holds what", issued(campaign), held);
    return found;
  }

  private static void differ(List<String> found, String what, Object redis, Object ledger) {
    if (!redis.equals(ledger)) {
      found.add("%s: Redis has %s, the ledger %s".formatted(what, redis, ledger));
    }
  }

  @Override
  public void close() {
    link.close();
    database.close();
  }
}
