package io.sunchak.server.endtoend;

import io.sunchak.admission.GroupCommitIssuer;
import io.sunchak.admission.RedisCampaignKeyspace;
import io.sunchak.admission.RedisGuard;
import io.sunchak.admission.RedisLink;
import io.sunchak.admission.RedisReservationLog;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.alarm.Alarm;
import io.sunchak.core.align.AlignPorts;
import io.sunchak.core.align.CampaignKeeper;
import io.sunchak.core.align.LedgerPeers;
import io.sunchak.core.align.Presence;
import io.sunchak.core.align.PromiseBook;
import io.sunchak.core.align.PromiseLoops;
import io.sunchak.core.align.PromiseWatch;
import io.sunchak.core.align.Promises;
import io.sunchak.core.align.Verification;
import io.sunchak.core.drain.Drain;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.ledger.JdbcAlignLedger;
import io.sunchak.ledger.JdbcAuditLedger;
import io.sunchak.ledger.JdbcCampaignLedger;
import io.sunchak.ledger.JdbcDrainLedger;
import io.sunchak.ledger.JdbcPromiseLedger;
import io.sunchak.ledger.LedgerDatabase;
import io.sunchak.ledger.LedgerLogin;
import io.sunchak.server.operations.Openings;
import io.sunchak.server.operations.RecordedCampaigns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server node without its HTTP side: what the server's wiring connects, by hand, so that several
 * stand in one JVM and are asked without a network in between.
 */
final class IssuingNode implements AutoCloseable {
  private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(3);
  private static final Duration CONTROL_LIMIT = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(5);
  private static final long OPENING_SECONDS = 60;
  private static final long MAX_BACKLOG = 1_000_000;

  private final LedgerDatabase database;
  private final RedisLink scriptLink;
  private final RedisLink controlLink;
  private final GroupCommitIssuer issuer;
  private final CampaignKeeper keeper;
  private final DrainPorts drained;
  private final Drain drain;
  private final PromiseBook book = new PromiseBook(1_000_000);
  private final PromiseLoops loops;
  private final Openings openings = new Openings(Alarm.SILENT);

  private static LedgerLogin login(PostgresLogin login) {
    return new LedgerLogin(login.user(), login.password());
  }

  private IssuingNode(EmbeddedEngines engines) {
    database =
        LedgerDatabase.open(
            engines.jdbcUrl(), login(engines.postgresServer()), login(engines.postgresOwner()));
    scriptLink = new RedisLink(engines.redisServerUri(), "issue", SCRIPT_LIMIT, LoopListener.NONE);
    controlLink =
        new RedisLink(engines.redisServerUri(), "control", CONTROL_LIMIT, LoopListener.NONE);
    RedisCampaignKeyspace keyspace = new RedisCampaignKeyspace(controlLink);
    JdbcCampaignLedger campaigns = new JdbcCampaignLedger(database);
    AtomicReference<Drain> toWake = new AtomicReference<>();
    issuer =
        new GroupCommitIssuer(
            scriptLink,
            keyspace,
            new RedisGuard(controlLink),
            book,
            GroupCommitIssuer.Settings.of(
                MAX_BACKLOG,
                (campaign, users, accepted, nanos) -> wake(toWake.get(), campaign),
                LoopListener.NONE));
    RecordedCampaigns own =
        new RecordedCampaigns(campaigns, new JdbcAuditLedger(database), RecordedCampaigns.SERVER);
    String name = "node-" + UUID.randomUUID();
    JdbcPromiseLedger promiseLedger = new JdbcPromiseLedger(database);
    Promises promises = new Promises(name, book, new JdbcAlignLedger(database), promiseLedger);
    AlignPorts ports =
        new AlignPorts(
            own,
            new JdbcAlignLedger(database),
            keyspace,
            promises,
            new LedgerPeers(name, book, promiseLedger));
    keeper =
        new CampaignKeeper(
            new Verification(ports, issuer, database, openings, InstantSource.system()),
            campaigns,
            openings,
            LoopListener.NONE);
    issuer.attentionTo(keeper);
    loops =
        new PromiseLoops(
            new Presence(name, issuer, book, promises, promiseLedger, InstantSource.system()),
            new PromiseWatch(book, promises, campaigns, keeper),
            LoopListener.NONE);
    RedisReservationLog log = new RedisReservationLog(controlLink);
    drained = new DrainPorts(campaigns, new JdbcDrainLedger(database), log, promises, keeper);
    drain = new Drain(drained, log, DrainListener.NONE, InstantSource.system(), LoopListener.NONE);
    toWake.set(drain);
  }

  static IssuingNode start(EmbeddedEngines engines) {
    IssuingNode node = startWithoutDrain(engines);
    node.drain.start();
    return node;
  }

  /** Drains only in those passes that a test makes of {@link #drained}. */
  static IssuingNode startWithoutDrain(EmbeddedEngines engines) {
    IssuingNode node = new IssuingNode(engines);
    node.loops.start();
    node.keeper.start();
    return node;
  }

  private static void wake(Drain drain, CampaignId campaign) {
    drain.wake(campaign);
  }

  CouponIssuer issuer() {
    return issuer;
  }

  DrainPorts drained() {
    return drained;
  }

  CampaignKeeper keeper() {
    return keeper;
  }

  /** Serves these campaigns of the ledger; returns when it does. */
  void serve(Collection<CampaignId> campaigns) {
    List<CompletableFuture<Void>> opened = campaigns.stream().map(openings::next).toList();
    campaigns.forEach(campaign -> keeper.needed(campaign, null));
    CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new))
        .orTimeout(OPENING_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    try {
      drain.stop(END);
      keeper.stop(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    issuer.close();
    try {
      loops.stop(END);
      loops.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    scriptLink.close();
    controlLink.close();
    database.close();
  }
}
