package io.sunchak.server.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.admission.issue.GroupCommitIssuer;
import io.sunchak.admission.link.NamedConnections;
import io.sunchak.admission.link.RedisClock;
import io.sunchak.admission.link.RedisGuard;
import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.link.ReplicaAcks;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.admission.log.RedisReservationLog;
import io.sunchak.core.archive.ArchiveLoop;
import io.sunchak.core.archive.Archiving;
import io.sunchak.core.archive.DueCampaigns;
import io.sunchak.core.drain.Drain;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.ledger.NodeName;
import io.sunchak.core.promise.LedgerPeers;
import io.sunchak.core.promise.Peers;
import io.sunchak.core.promise.Presence;
import io.sunchak.core.promise.PromiseBook;
import io.sunchak.core.promise.PromiseLoops;
import io.sunchak.core.promise.PromiseWatch;
import io.sunchak.core.promise.Promises;
import io.sunchak.core.resync.ResyncPorts;
import io.sunchak.core.serving.CheckQueue;
import io.sunchak.core.serving.ServingCheck;
import io.sunchak.core.serving.ServingLoop;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.campaigns.JdbcCampaignLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerLogin;
import io.sunchak.ledger.coupons.JdbcCouponLedger;
import io.sunchak.ledger.drain.JdbcDrainLedger;
import io.sunchak.ledger.failures.JdbcFailureLedger;
import io.sunchak.ledger.promises.JdbcPromiseLedger;
import io.sunchak.ledger.redemptions.JdbcRedemptionLedger;
import io.sunchak.ledger.resync.JdbcRepairLedger;
import io.sunchak.ledger.resync.JdbcResyncLedger;
import io.sunchak.server.alarms.NodeAlarm;
import io.sunchak.server.campaigns.AuditedCampaigns;
import io.sunchak.server.campaigns.CampaignAdmin;
import io.sunchak.server.campaigns.Discards;
import io.sunchak.server.codes.CouponCodes;
import io.sunchak.server.config.SunchakProperties;
import io.sunchak.server.config.SunchakProperties.Ack;
import io.sunchak.server.http.issue.CommitWatch;
import io.sunchak.server.observe.AdmissionHealth;
import io.sunchak.server.observe.ArchiveWaits;
import io.sunchak.server.observe.DrainMetrics;
import io.sunchak.server.observe.DrainTrouble;
import io.sunchak.server.observe.LedgerHealth;
import io.sunchak.server.observe.LoopErrors;
import io.sunchak.server.observe.ServingEvents;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Primary;

/**
 * Wires engines, admission, ledger, serving loop and drain. The API is wired in {@link
 * ApiConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
public class ServerConfiguration {
  private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(3);
  private static final Duration CONTROL_LIMIT = Duration.ofSeconds(10);

  /** The node's clock, for tokens, whose times come from other machines' clocks. */
  @Bean
  InstantSource nodeClock() {
    return InstantSource.system();
  }

  /** Redis' clock, which decides when campaigns open and close, for all times that are shown. */
  @Bean
  @Primary
  RedisClock clock(
      RedisLink watchLink, @Qualifier("nodeClock") InstantSource nodeClock, LoopErrors loops) {
    return new RedisClock(watchLink, nodeClock, loops);
  }

  @Bean
  LoopErrors loopErrors(MeterRegistry registry) {
    return new LoopErrors(registry);
  }

  /** Reports a missing setting before any engine is connected. */
  @Bean
  @Primary
  @DependsOn("tokenVerifier")
  LedgerDatabase ledgerDatabase(SunchakProperties settings) {
    SunchakProperties.Postgres postgres = settings.postgres();
    SunchakProperties.Postgres.Owner owner = postgres.owner();
    LedgerLogin server = new LedgerLogin(postgres.user(), postgres.password());
    LedgerLogin tables = owner == null ? server : new LedgerLogin(owner.user(), owner.password());
    String migrated = owner == null || owner.url() == null ? postgres.url() : owner.url();
    return LedgerDatabase.open(postgres.url(), server, migrated, tables);
  }

  @Bean
  JdbcCampaignLedger campaignLedger(LedgerDatabase database) {
    return new JdbcCampaignLedger(database);
  }

  @Bean
  JdbcCouponLedger couponLedger(LedgerDatabase database) {
    return new JdbcCouponLedger(database);
  }

  @Bean
  JdbcRedemptionLedger redemptionLedger(LedgerDatabase database) {
    return new JdbcRedemptionLedger(database);
  }

  @Bean
  JdbcFailureLedger failureLedger(LedgerDatabase database) {
    return new JdbcFailureLedger(database);
  }

  @Bean
  Discards discards(JdbcFailureLedger failures, LoopErrors loops) {
    return new Discards(Discards.Source.of(failures), Discards.MOST, loops);
  }

  @Bean
  JdbcAuditLedger auditLedger(LedgerDatabase database) {
    return new JdbcAuditLedger(database);
  }

  @Bean
  JdbcRepairLedger repairLedger(LedgerDatabase database) {
    return new JdbcRepairLedger(database);
  }

  /** A connection for the reserve script only, so that nothing delays it. */
  @Bean
  RedisLink scriptLink(SunchakProperties settings, String nodeName, LoopErrors loops) {
    return new RedisLink(
        settings.redis().url(), NamedConnections.name("issue", nodeName), SCRIPT_LIMIT, loops);
  }

  @Bean
  RedisLink controlLink(SunchakProperties settings, String nodeName, LoopErrors loops) {
    return new RedisLink(
        settings.redis().url(), NamedConnections.name("control", nodeName), CONTROL_LIMIT, loops);
  }

  @Bean
  RedisGuard redisGuard(RedisLink controlLink, SunchakProperties settings, MeterRegistry registry) {
    SunchakProperties.Redis redis = settings.redis();
    RedisGuard guard =
        new RedisGuard(controlLink, new ReplicaAcks(redis.acks()), redis.durability());
    guard.refuseLasting();
    Gauge.builder("sunchak.redis.declared", guard, one -> one.declared().isPresent() ? 1 : 0)
        .register(registry);
    return guard;
  }

  @Bean
  RedisCampaignKeyspace keyspace(RedisLink controlLink) {
    return new RedisCampaignKeyspace(controlLink);
  }

  @Bean
  ServingEvents servingEvents(
      NodeAlarm alarm, DrainMetrics drain, @Qualifier("nodeClock") InstantSource nodeClock) {
    return new ServingEvents(alarm, drain, nodeClock);
  }

  @Bean
  CommitWatch commitWatch(
      JdbcCouponLedger coupons,
      JdbcRedemptionLedger redemptions,
      CouponCodes codes,
      SunchakProperties settings,
      LoopErrors loops) {
    var rows = new CommitWatch.Rows(coupons, redemptions::codeSpace, codes);
    return new CommitWatch(rows, settings.ack() == Ack.LEDGER, loops);
  }

  @Bean
  NodeAlarm alarm(SunchakProperties settings, MeterRegistry registry, LoopErrors loops) {
    SunchakProperties.Alarm alarm = settings.alarm();
    return new NodeAlarm(alarm.webhook(), alarm.pause(), registry, loops);
  }

  @Bean
  DrainMetrics drainMetrics(
      MeterRegistry registry, RedisLink controlLink, NodeAlarm alarm, InstantSource clock) {
    return new DrainMetrics(
        registry,
        () -> controlLink.connectionNumber().isPresent(),
        new DrainTrouble(alarm, clock),
        clock);
  }

  /** The queue of checks, which exists before its users and before the serving loop. */
  @Bean
  CheckQueue checks() {
    return new CheckQueue();
  }

  @Bean
  GroupCommitIssuer issuer(
      RedisLink scriptLink,
      RedisGuard redisGuard,
      RedisCampaignKeyspace keyspace,
      PromiseBook book,
      CheckQueue checks,
      Drain drain,
      SunchakProperties settings,
      LoopErrors loops) {
    return new GroupCommitIssuer(
        scriptLink,
        new GroupCommitIssuer.Ports(keyspace, redisGuard, book, checks),
        GroupCommitIssuer.Settings.of(settings.maxBacklog(), drain::wake, loops)
            .with(new ReplicaAcks(settings.redis().acks())));
  }

  /** The bound of a node's promises for all campaigns together is that of one campaign's log. */
  @Bean
  PromiseBook promiseBook(SunchakProperties settings) {
    return new PromiseBook(Math.toIntExact(settings.maxBacklog()));
  }

  @Bean
  JdbcPromiseLedger promiseLedger(LedgerDatabase database) {
    return new JdbcPromiseLedger(database);
  }

  /** This node's name for the other nodes. */
  @Bean
  String nodeName(@Value("${server.port:8080}") int port) throws UnknownHostException {
    return NodeName.unique(InetAddress.getLocalHost().getHostName() + ":" + port);
  }

  @Bean
  Peers peers(
      String nodeName, PromiseBook book, JdbcPromiseLedger promiseLedger, RedisLink controlLink) {
    return new LedgerPeers(nodeName, book, promiseLedger, new NamedConnections(controlLink));
  }

  @Bean
  Promises promises(
      String nodeName, PromiseBook book, LedgerDatabase database, JdbcPromiseLedger promiseLedger) {
    return new Promises(nodeName, book, new JdbcResyncLedger(database), promiseLedger);
  }

  @Bean
  PromiseLoops promiseLoops(
      String nodeName,
      PromiseBook book,
      Promises promises,
      JdbcPromiseLedger promiseLedger,
      JdbcCampaignLedger campaigns,
      GroupCommitIssuer issuer,
      CheckQueue checks,
      InstantSource clock,
      LoopErrors loops) {
    return new PromiseLoops(
        new Presence(nodeName, issuer, book, promises, promiseLedger, clock),
        new PromiseWatch(book, promises, campaigns, checks),
        loops);
  }

  @Bean
  ServingLoop servingLoop(
      CheckQueue checks,
      LedgerDatabase database,
      JdbcCampaignLedger campaigns,
      JdbcAuditLedger audits,
      RedisCampaignKeyspace keyspace,
      GroupCommitIssuer issuer,
      Promises promises,
      Peers peers,
      ServingEvents servingEvents,
      InstantSource clock,
      LoopErrors loops) {
    AuditedCampaigns own = new AuditedCampaigns(campaigns, audits, AuditedCampaigns.SERVER);
    ResyncPorts ports =
        new ResyncPorts(own, new JdbcResyncLedger(database), keyspace, promises, peers);
    return new ServingLoop(
        checks,
        new ServingCheck(ports, issuer, database, servingEvents, clock),
        campaigns,
        servingEvents,
        loops);
  }

  @Bean
  Drain drain(
      String nodeName,
      LedgerDatabase database,
      JdbcCampaignLedger campaigns,
      RedisLink controlLink,
      Promises promises,
      CheckQueue checks,
      DrainMetrics metrics,
      CommitWatch commits,
      InstantSource clock,
      LoopErrors loops) {
    RedisReservationLog log = new RedisReservationLog(controlLink);
    DrainPorts ports =
        new DrainPorts(campaigns, new JdbcDrainLedger(database, nodeName), log, promises, checks);
    return new Drain(ports, log, new DrainListeners(metrics, commits), clock, loops);
  }

  @Bean
  ArchiveWaits archiveWaits(MeterRegistry registry) {
    return new ArchiveWaits(registry);
  }

  /** None if nothing is archived by the clock. Until Redis has told its time, nothing is due. */
  @Bean
  @Nullable ArchiveLoop archiveLoop(
      SunchakProperties settings,
      JdbcCampaignLedger campaigns,
      JdbcAuditLedger audits,
      RedisCampaignKeyspace keyspace,
      CheckQueue checks,
      RedisClock clock,
      ArchiveWaits waits,
      LoopErrors loops) {
    Duration after = settings.archiveAfter();
    if (after == null) {
      return null;
    }
    AuditedCampaigns own = new AuditedCampaigns(campaigns, audits, AuditedCampaigns.CLOCK);
    InstantSource known = () -> clock.isKnown() ? clock.instant() : Instant.EPOCH;
    Archiving archiving = new Archiving(own, keyspace, checks);
    return new ArchiveLoop(new DueCampaigns(after, campaigns, archiving, known, waits), loops);
  }

  @Bean
  Workers workers(
      ServingLoop servingLoop,
      Drain drain,
      PromiseLoops promiseLoops,
      @Nullable ArchiveLoop archiveLoop) {
    return new Workers(servingLoop, drain, promiseLoops, archiveLoop);
  }

  @Bean
  CampaignAdmin campaignAdmin(
      JdbcCampaignLedger campaigns,
      JdbcAuditLedger audits,
      RedisCampaignKeyspace keyspace,
      CheckQueue checks,
      Drain drain,
      ServingEvents servingEvents) {
    return new CampaignAdmin(campaigns, audits, keyspace, checks, drain, servingEvents);
  }

  @Bean
  AdmissionHealth admissionHealthIndicator(
      RedisLink scriptLink,
      RedisGuard redisGuard,
      ServingEvents servingEvents,
      ServingLoop servingLoop) {
    return new AdmissionHealth(scriptLink, redisGuard, servingEvents, servingLoop::isServing);
  }

  @Bean
  LedgerHealth ledgerHealthIndicator(LedgerDatabase database, DrainMetrics drain) {
    return new LedgerHealth(database, drain);
  }
}
