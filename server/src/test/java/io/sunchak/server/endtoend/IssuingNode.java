package io.sunchak.server.endtoend;

import io.sunchak.admission.issue.GroupCommitIssuer;
import io.sunchak.admission.link.NamedConnections;
import io.sunchak.admission.link.RedisGuard;
import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.admission.log.RedisReservationLog;
import io.sunchak.alarm.Alarm;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.drain.Drain;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.promise.LedgerPeers;
import io.sunchak.core.promise.Presence;
import io.sunchak.core.promise.PromiseBook;
import io.sunchak.core.promise.PromiseLoops;
import io.sunchak.core.promise.PromiseWatch;
import io.sunchak.core.promise.Promises;
import io.sunchak.core.resync.ResyncPorts;
import io.sunchak.core.serving.CheckQueue;
import io.sunchak.core.serving.ServingCheck;
import io.sunchak.core.serving.ServingLoop;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.campaigns.JdbcCampaignLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerLogin;
import io.sunchak.ledger.drain.JdbcDrainLedger;
import io.sunchak.ledger.promises.JdbcPromiseLedger;
import io.sunchak.ledger.resync.JdbcResyncLedger;
import io.sunchak.server.campaigns.AuditedCampaigns;
import io.sunchak.server.observe.ServingEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
  private final CheckQueue checks = new CheckQueue();
  private final GroupCommitIssuer issuer;
  private final ServingLoop servingLoop;
  private final DrainPorts drained;
  private final Drain drain;
  private final PromiseBook book = new PromiseBook(1_000_000);
  private final PromiseLoops loops;
  private final ServingEvents servingEvents =
      new ServingEvents(Alarm.SILENT, DrainListener.NONE, InstantSource.system());

  private static LedgerLogin login(PostgresLogin login) {
    return new LedgerLogin(login.user(), login.password());
  }

  private IssuingNode(EmbeddedEngines engines) {
    String name = "node-" + UUID.randomUUID();
    database =
        LedgerDatabase.open(
            engines.jdbcUrl(), login(engines.postgresServer()), login(engines.postgresOwner()));
    scriptLink =
        new RedisLink(
            engines.redisServerUri(),
            NamedConnections.name("issue", name),
            SCRIPT_LIMIT,
            LoopListener.NONE);
    controlLink =
        new RedisLink(
            engines.redisServerUri(),
            NamedConnections.name("control", name),
            CONTROL_LIMIT,
            LoopListener.NONE);
    RedisCampaignKeyspace keyspace = new RedisCampaignKeyspace(controlLink);
    JdbcCampaignLedger campaigns = new JdbcCampaignLedger(database);
    AuditedCampaigns own =
        new AuditedCampaigns(campaigns, new JdbcAuditLedger(database), AuditedCampaigns.SERVER);
    JdbcPromiseLedger promiseLedger = new JdbcPromiseLedger(database);
    Promises promises = new Promises(name, book, new JdbcResyncLedger(database), promiseLedger);
    RedisReservationLog log = new RedisReservationLog(controlLink);
    drained = new DrainPorts(campaigns, new JdbcDrainLedger(database, name), log, promises, checks);
    drain = new Drain(drained, log, DrainListener.NONE, InstantSource.system(), LoopListener.NONE);
    issuer =
        new GroupCommitIssuer(
            scriptLink,
            new GroupCommitIssuer.Ports(keyspace, new RedisGuard(controlLink), book, checks),
            GroupCommitIssuer.Settings.of(MAX_BACKLOG, drain::wake, LoopListener.NONE));
    ResyncPorts ports =
        new ResyncPorts(
            own,
            new JdbcResyncLedger(database),
            keyspace,
            promises,
            new LedgerPeers(name, book, promiseLedger, new NamedConnections(controlLink)));
    servingLoop =
        new ServingLoop(
            checks,
            new ServingCheck(ports, issuer, database, servingEvents, InstantSource.system()),
            campaigns,
            servingEvents,
            LoopListener.NONE);
    loops =
        new PromiseLoops(
            new Presence(name, issuer, book, promises, promiseLedger, InstantSource.system()),
            new PromiseWatch(book, promises, campaigns, checks),
            LoopListener.NONE);
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
    node.servingLoop.start();
    return node;
  }

  CouponIssuer issuer() {
    return issuer;
  }

  DrainPorts drained() {
    return drained;
  }

  CheckQueue checks() {
    return checks;
  }

  /** Serves these campaigns of the ledger; returns when it does. */
  void serve(Collection<CampaignId> campaigns) {
    List<CompletableFuture<Void>> opened = campaigns.stream().map(servingEvents::next).toList();
    campaigns.forEach(campaign -> checks.checkNow(campaign, null));
    CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new))
        .orTimeout(OPENING_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    try {
      drain.stop(END);
      servingLoop.stop(END);
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
