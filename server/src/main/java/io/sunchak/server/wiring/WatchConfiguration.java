package io.sunchak.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.admission.link.NamedConnections;
import io.sunchak.admission.link.RedisGuard;
import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.admission.log.RedisKeyspaceView;
import io.sunchak.admission.log.RedisReservationLog;
import io.sunchak.core.reconcile.Reconciliation;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.campaigns.JdbcCampaignLedger;
import io.sunchak.ledger.campaigns.JdbcOverviewLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerLogin;
import io.sunchak.ledger.resync.JdbcResyncLedger;
import io.sunchak.server.alarms.NodeAlarm;
import io.sunchak.server.alarms.StandingAlarms;
import io.sunchak.server.campaigns.CampaignBoard;
import io.sunchak.server.config.SunchakProperties;
import io.sunchak.server.demo.DemoSite;
import io.sunchak.server.demo.Drops;
import io.sunchak.server.limits.Proxies;
import io.sunchak.server.monitor.Monitor;
import io.sunchak.server.observe.DrainMetrics;
import io.sunchak.server.observe.IssueMetrics;
import io.sunchak.server.observe.LoopErrors;
import io.sunchak.server.observe.Observer;
import io.sunchak.server.observe.ServingEvents;
import io.sunchak.server.reconcile.Consistency;
import io.sunchak.server.reconcile.Reconciler;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Wires what people look at: the live view, the comparison of Redis and the ledger, the demo. */
@Configuration(proxyBeanMethods = false)
public class WatchConfiguration {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** The path of the script {@code ./sunchak}, set by the script itself. */
  private static final String COMMAND = "sunchak.command";

  /** A separate connection, so that comparisons delay neither issues nor the drain. */
  @Bean
  RedisLink watchLink(SunchakProperties settings, String nodeName, LoopErrors loops) {
    return new RedisLink(
        settings.redis().url(), NamedConnections.name("watch", nodeName), LIMIT, loops);
  }

  @Bean
  @DependsOn("ledgerDatabase")
  LedgerDatabase watchedLedger(SunchakProperties settings) {
    SunchakProperties.Postgres postgres = settings.postgres();
    return LedgerDatabase.toLookAt(
        postgres.url(), new LedgerLogin(postgres.user(), postgres.password()));
  }

  @Bean
  RedisReservationLog watchedLogs(RedisLink watchLink) {
    return new RedisReservationLog(watchLink);
  }

  @Bean
  CampaignBoard board(
      @Qualifier("watchedLedger") LedgerDatabase watchedLedger,
      RedisReservationLog watchedLogs,
      InstantSource clock) {
    return new CampaignBoard(new JdbcCampaignLedger(watchedLedger), watchedLogs, clock);
  }

  @Bean
  Reconciliation.Ports bothSides(
      JdbcCampaignLedger campaigns, LedgerDatabase database, RedisLink watchLink) {
    return new Reconciliation.Ports(
        campaigns,
        new JdbcResyncLedger(database),
        new JdbcOverviewLedger(database),
        new RedisCampaignKeyspace(watchLink),
        new RedisKeyspaceView(watchLink));
  }

  @Bean
  Reconciliation reconciliation(Reconciliation.Ports bothSides) {
    return new Reconciliation(bothSides);
  }

  @Bean
  Consistency consistency(
      Reconciliation reconciliation,
      MeterRegistry registry,
      InstantSource clock,
      LoopErrors loops) {
    return new Consistency(reconciliation, registry, clock, loops);
  }

  @Bean
  Reconciler reconciler(
      Reconciliation reconciliation,
      JdbcCampaignLedger campaigns,
      JdbcAuditLedger audits,
      Consistency consistency,
      InstantSource clock) {
    return new Reconciler(reconciliation, campaigns, audits, consistency, clock);
  }

  @Bean
  IssueMetrics issueMetrics(MeterRegistry registry) {
    return new IssueMetrics(registry);
  }

  @Bean
  Monitor.Sources observed(
      Reconciliation.Ports bothSides,
      RedisLink watchLink,
      RedisGuard redisGuard,
      IssueMetrics issues,
      DrainMetrics drain,
      Consistency consistency,
      LoopErrors loops) {
    Observer observer =
        new Observer(bothSides.overview(), bothSides.view(), watchLink, redisGuard, loops);
    return new Monitor.Sources(observer, issues, drain, consistency, loops);
  }

  @Bean
  StandingAlarms standingAlarms(NodeAlarm alarm, Consistency consistency) {
    return new StandingAlarms(alarm, consistency::drift);
  }

  @Bean
  Monitor monitor(
      Monitor.Sources observed,
      ServingEvents servingEvents,
      StandingAlarms standingAlarms,
      MeterRegistry registry,
      InstantSource clock) {
    return new Monitor(observed, servingEvents, standingAlarms, registry, clock);
  }

  @Bean
  DemoSite demoSite(ServerProperties server, Proxies proxies) {
    InetAddress address = server.getAddress();
    boolean loopback = address != null && address.isLoopbackAddress();
    return new DemoSite(!loopback || !proxies.isEmpty());
  }

  @Bean
  Drops drops(DemoSite demo) {
    String command = System.getProperty(COMMAND);
    return new Drops(demo, command == null ? null : Path.of(command));
  }
}
