package io.sunchak.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.admission.GroupCommitIssuer;
import io.sunchak.admission.RedisCampaignKeyspace;
import io.sunchak.admission.RedisClock;
import io.sunchak.admission.RedisGuard;
import io.sunchak.admission.RedisLink;
import io.sunchak.admission.RedisReservationLog;
import io.sunchak.core.align.AlignPorts;
import io.sunchak.core.align.CampaignKeeper;
import io.sunchak.core.align.LedgerPeers;
import io.sunchak.core.align.Peers;
import io.sunchak.core.align.Presence;
import io.sunchak.core.align.PromiseBook;
import io.sunchak.core.align.PromiseLoops;
import io.sunchak.core.align.PromiseWatch;
import io.sunchak.core.align.Promises;
import io.sunchak.core.align.Verification;
import io.sunchak.core.drain.Drain;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.ledger.JdbcAlignLedger;
import io.sunchak.ledger.JdbcAuditLedger;
import io.sunchak.ledger.JdbcCampaignLedger;
import io.sunchak.ledger.JdbcCouponLedger;
import io.sunchak.ledger.JdbcDrainLedger;
import io.sunchak.ledger.JdbcFailureLedger;
import io.sunchak.ledger.JdbcPromiseLedger;
import io.sunchak.ledger.JdbcRepairLedger;
import io.sunchak.ledger.LedgerDatabase;
import io.sunchak.ledger.LedgerLogin;
import io.sunchak.server.api.CommitWatch;
import io.sunchak.server.config.SunchakProperties;
import io.sunchak.server.config.SunchakProperties.Ack;
import io.sunchak.server.operations.AdmissionHealth;
import io.sunchak.server.operations.AlarmBell;
import io.sunchak.server.operations.CampaignAdmin;
import io.sunchak.server.operations.Discards;
import io.sunchak.server.operations.DrainMetrics;
import io.sunchak.server.operations.DrainTrouble;
import io.sunchak.server.operations.LedgerHealth;
import io.sunchak.server.operations.LoopErrors;
import io.sunchak.server.operations.Openings;
import io.sunchak.server.operations.RecordedCampaigns;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Engines, admission, ledger, keeper and drain: what is connected with what. The API stands in
 * {@link ApiConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
public class ServerConfiguration {
  private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(3);
  private static final Duration CONTROL_LIMIT = Duration.ofSeconds(10);

  /** For what others date by their clocks: tokens. */
  @Bean
  InstantSource nodeClock() {
    return InstantSource.system();
  }

  /** For all that is shown of campaigns: the clock that decides when they open and close. */
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

  @Bean
  @Primary
  LedgerDatabase ledgerDatabase(SunchakProperties settings) {
    SunchakProperties.Postgres postgres = settings.postgres();
    SunchakProperties.Postgres.Owner owner = postgres.owner();
    LedgerLogin server = new LedgerLogin(postgres.user(), postgres.password());
    LedgerLogin tables = owner == null ? server : new LedgerLogin(owner.user(), owner.password());
    return LedgerDatabase.open(postgres.url(), server, tables);
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
  JdbcFailureLedger failureLedger(LedgerDatabase database) {
    return new JdbcFailureLedger(database);
  }

  @Bean
  Discards discards(JdbcFailureLedger failures, LoopErrors loops) {
    return new Discards(failures::discarded, loops);
  }

  @Bean
  JdbcAuditLedger auditLedger(LedgerDatabase database) {
    return new JdbcAuditLedger(database);
  }

  @Bean
  JdbcRepairLedger repairLedger(LedgerDatabase database) {
    return new JdbcRepairLedger(database);
  }

  /** For the reserve script alone, so that nothing delays it. */
  @Bean
  RedisLink scriptLink(SunchakProperties settings, LoopErrors loops) {
    return new RedisLink(settings.redis().url(), "sunchak-issue", SCRIPT_LIMIT, loops);
  }

  @Bean
  RedisLink controlLink(SunchakProperties settings, LoopErrors loops) {
    return new RedisLink(settings.redis().url(), "sunchak-control", CONTROL_LIMIT, loops);
  }

  @Bean
  RedisGuard redisGuard(RedisLink controlLink) {
    RedisGuard guard = new RedisGuard(controlLink);
    guard.refuseLasting();
    return guard;
  }

  @Bean
  RedisCampaignKeyspace keyspace(RedisLink controlLink) {
    return new RedisCampaignKeyspace(controlLink);
  }

  @Bean
  Openings openings(AlarmBell alarm) {
    return new Openings(alarm);
  }

  @Bean
  CommitWatch commitWatch(JdbcCouponLedger coupons, SunchakProperties settings, LoopErrors loops) {
    return new CommitWatch(coupons, settings.ack() == Ack.LEDGER, loops);
  }

  @Bean
  AlarmBell alarm(SunchakProperties settings, MeterRegistry registry, LoopErrors loops) {
    SunchakProperties.Alarm alarm = settings.alarm();
    return new AlarmBell(alarm.webhook(), alarm.pause(), registry, loops);
  }

  @Bean
  DrainMetrics drainMetrics(
      MeterRegistry registry,
      RedisLink controlLink,
      CommitWatch commits,
      AlarmBell alarm,
      InstantSource clock) {
    return new DrainMetrics(
        registry,
        () -> controlLink.number().isPresent(),
        commits::wake,
        new DrainTrouble(alarm, clock),
        clock);
  }

  /** The drain is made after the issuer that wakes it: this holds it in between. */
  @Bean
  AtomicReference<Drain> drainToWake() {
    return new AtomicReference<>();
  }

  @Bean
  GroupCommitIssuer issuer(
      RedisLink scriptLink,
      RedisGuard redisGuard,
      RedisCampaignKeyspace keyspace,
      PromiseBook book,
      SunchakProperties settings,
      AtomicReference<Drain> drainToWake,
      LoopErrors loops) {
    return new GroupCommitIssuer(
        scriptLink,
        keyspace,
        redisGuard,
        book,
        GroupCommitIssuer.Settings.of(
            settings.maxBacklog(),
            (campaign, users, accepted, nanos) -> {
              Drain drain = drainToWake.get();
              if (accepted > 0 && drain != null) {
                drain.wake(campaign);
              }
            },
            loops));
  }

  /** All campaigns together may leave as much on a node as one of them may in Redis. */
  @Bean
  PromiseBook promiseBook(SunchakProperties settings) {
    return new PromiseBook(Math.toIntExact(settings.maxBacklog()));
  }

  @Bean
  JdbcPromiseLedger promiseLedger(LedgerDatabase database) {
    return new JdbcPromiseLedger(database);
  }

  /**
   * By which the other nodes know this one: the same after a restart, so that nobody waits for what
   * it was before.
   */
  @Bean
  String nodeName(@Value("${server.port:8080}") int port) throws UnknownHostException {
    String place = port == 0 ? "pid-" + ProcessHandle.current().pid() : Integer.toString(port);
    return InetAddress.getLocalHost().getHostName() + ":" + place;
  }

  @Bean
  Peers peers(String nodeName, PromiseBook book, JdbcPromiseLedger promiseLedger) {
    return new LedgerPeers(nodeName, book, promiseLedger);
  }

  @Bean
  Promises promises(
      String nodeName, PromiseBook book, LedgerDatabase database, JdbcPromiseLedger promiseLedger) {
    return new Promises(nodeName, book, new JdbcAlignLedger(database), promiseLedger);
  }

  @Bean
  PromiseLoops promiseLoops(
      String nodeName,
      PromiseBook book,
      Promises promises,
      JdbcPromiseLedger promiseLedger,
      JdbcCampaignLedger campaigns,
      GroupCommitIssuer issuer,
      CampaignKeeper keeper,
      InstantSource clock,
      LoopErrors loops) {
    return new PromiseLoops(
        new Presence(nodeName, issuer, book, promises, promiseLedger, clock),
        new PromiseWatch(book, promises, campaigns, keeper),
        loops);
  }

  @Bean
  CampaignKeeper keeper(
      LedgerDatabase database,
      JdbcCampaignLedger campaigns,
      JdbcAuditLedger audits,
      RedisCampaignKeyspace keyspace,
      GroupCommitIssuer issuer,
      Promises promises,
      Peers peers,
      Openings openings,
      LoopErrors loops) {
    RecordedCampaigns own = new RecordedCampaigns(campaigns, audits, RecordedCampaigns.SERVER);
    AlignPorts ports =
        new AlignPorts(own, new JdbcAlignLedger(database), keyspace, promises, peers);
    CampaignKeeper keeper =
        new CampaignKeeper(
            new Verification(ports, issuer, database, openings, InstantSource.system()),
            campaigns,
            openings,
            loops);
    issuer.attentionTo(keeper);
    return keeper;
  }

  @Bean
  Drain drain(
      LedgerDatabase database,
      JdbcCampaignLedger campaigns,
      RedisLink controlLink,
      Promises promises,
      CampaignKeeper keeper,
      DrainMetrics metrics,
      AtomicReference<Drain> drainToWake,
      LoopErrors loops) {
    RedisReservationLog log = new RedisReservationLog(controlLink);
    DrainPorts ports =
        new DrainPorts(campaigns, new JdbcDrainLedger(database), log, promises, keeper);
    Drain drain = new Drain(ports, log, metrics, InstantSource.system(), loops);
    drainToWake.set(drain);
    return drain;
  }

  @Bean
  Workers workers(CampaignKeeper keeper, Drain drain, PromiseLoops promiseLoops) {
    return new Workers(keeper, drain, promiseLoops);
  }

  @Bean
  CampaignAdmin campaignAdmin(
      JdbcCampaignLedger campaigns,
      JdbcAuditLedger audits,
      RedisCampaignKeyspace keyspace,
      CampaignKeeper keeper,
      Drain drain,
      Openings openings) {
    return new CampaignAdmin(campaigns, audits, keyspace, keeper, drain, openings);
  }

  @Bean
  AdmissionHealth admissionHealthIndicator(
      RedisLink scriptLink, Openings openings, CampaignKeeper keeper) {
    return new AdmissionHealth(scriptLink, openings, keeper::isServing);
  }

  @Bean
  LedgerHealth ledgerHealthIndicator(LedgerDatabase database, DrainMetrics drain) {
    return new LedgerHealth(database, drain);
  }
}
