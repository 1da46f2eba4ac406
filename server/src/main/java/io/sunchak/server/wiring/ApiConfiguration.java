package io.sunchak.server.wiring;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.sunchak.admission.issue.GroupCommitIssuer;
import io.sunchak.core.promise.PromiseBook;
import io.sunchak.core.reconcile.Reconciliation;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.campaigns.JdbcCampaignLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.coupons.JdbcCouponLedger;
import io.sunchak.ledger.coupons.JdbcErasureLedger;
import io.sunchak.ledger.failures.JdbcFailureLedger;
import io.sunchak.ledger.redemptions.JdbcRedemptionLedger;
import io.sunchak.ledger.resync.JdbcRepairLedger;
import io.sunchak.server.campaigns.CampaignAdmin;
import io.sunchak.server.campaigns.CampaignBoard;
import io.sunchak.server.campaigns.CampaignQueries;
import io.sunchak.server.campaigns.Discards;
import io.sunchak.server.campaigns.Erasing;
import io.sunchak.server.codes.CouponCodes;
import io.sunchak.server.config.SunchakProperties;
import io.sunchak.server.demo.DemoHandler;
import io.sunchak.server.demo.DemoSite;
import io.sunchak.server.demo.Drops;
import io.sunchak.server.http.AccessFilter;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Cors;
import io.sunchak.server.http.ProblemErrors;
import io.sunchak.server.http.Routes;
import io.sunchak.server.http.admin.AuditHandler;
import io.sunchak.server.http.admin.CampaignHandler;
import io.sunchak.server.http.admin.CouponHandler;
import io.sunchak.server.http.admin.ErasureHandler;
import io.sunchak.server.http.admin.FailureHandler;
import io.sunchak.server.http.admin.ReconciliationHandler;
import io.sunchak.server.http.admin.RepairHandler;
import io.sunchak.server.http.admin.UserHandler;
import io.sunchak.server.http.bulk.BulkIssue;
import io.sunchak.server.http.bulk.BulkIssueHandler;
import io.sunchak.server.http.campaigns.BoardHandler;
import io.sunchak.server.http.campaigns.DirectView;
import io.sunchak.server.http.campaigns.OwnIssueHandler;
import io.sunchak.server.http.direct.DirectCall;
import io.sunchak.server.http.direct.DirectChannels;
import io.sunchak.server.http.issue.CommitWatch;
import io.sunchak.server.http.issue.IssueHandler;
import io.sunchak.server.http.live.StreamHandler;
import io.sunchak.server.http.netty.ConnectionHandlers;
import io.sunchak.server.http.netty.EventLoopAnswers;
import io.sunchak.server.http.pages.DocsHandler;
import io.sunchak.server.http.pages.SiteHandler;
import io.sunchak.server.http.redemptions.RedemptionHandler;
import io.sunchak.server.limits.ConnectionLimits;
import io.sunchak.server.limits.Pace;
import io.sunchak.server.limits.RequestLimits;
import io.sunchak.server.monitor.Monitor;
import io.sunchak.server.observe.IssueMetrics;
import io.sunchak.server.observe.LoopErrors;
import io.sunchak.server.reconcile.Consistency;
import io.sunchak.server.reconcile.Reconciler;
import io.sunchak.server.security.Caller;
import io.sunchak.server.security.IssuerTokenVerifier;
import io.sunchak.server.security.PublishedKeys;
import io.sunchak.server.security.SecretTokenVerifier;
import io.sunchak.server.security.TokenResult;
import io.sunchak.server.security.TokenVerifier;
import io.sunchak.server.transport.EventLoops;
import io.sunchak.server.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Wires the HTTP side: handlers, routes, access rules and time limits of connections. */
@Configuration(proxyBeanMethods = false)
public class ApiConfiguration {
  private static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

  /**
   * The limit of a request's head; a token with many groups of an identity provider takes 12 KB of
   * it.
   */
  private static final int MAX_HEADER = TokenVerifier.MAX_LENGTH;

  private static final int MAX_LINE = 8 * 1024;
  private static final int BACKLOG = 8_192;

  /**
   * The room for one read. By Netty's default it shrinks to the size of the last requests, and a
   * longer one comes in two reads, which costs twice and never bypasses the codec.
   */
  private static final AdaptiveRecvByteBufAllocator READ =
      new AdaptiveRecvByteBufAllocator(2_048, 2_048, 65_536);

  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration UNREAD = Duration.ofSeconds(7);
  private static final Duration REQUEST = Duration.ofSeconds(10);

  /** Spring's own key for an identity provider, which operators know. */
  @Bean
  @ConditionalOnProperty(ISSUER)
  PublishedKeys publishedKeys(@Value("${" + ISSUER + "}") String issuer, LoopErrors loops) {
    return new PublishedKeys(issuer, loops);
  }

  @Bean
  TokenVerifier tokenVerifier(
      SunchakProperties settings,
      @Value("${" + ISSUER + ":}") String issuer,
      ObjectProvider<PublishedKeys> publishedKeys,
      DemoSite demo,
      @Qualifier("nodeClock") InstantSource clock) {
    TokenVerifier verifier = verifier(settings, issuer, publishedKeys, clock);
    // A guest's token from when the server listened on loopback only is not valid once others can
    // reach it.
    return demo.isReachable() ? token -> withoutGuests(verifier.verifyToken(token)) : verifier;
  }

  private static TokenResult withoutGuests(TokenResult verdict) {
    return verdict instanceof TokenResult.Accepted(Caller caller) && caller.guest()
        ? new TokenResult.Refused("there are no guests here")
        : verdict;
  }

  private static TokenVerifier verifier(
      SunchakProperties settings,
      String issuer,
      ObjectProvider<PublishedKeys> publishedKeys,
      InstantSource clock) {
    SunchakProperties.Token token = settings.token();
    PublishedKeys keys = publishedKeys.getIfAvailable();
    if (keys != null) {
      return new IssuerTokenVerifier(issuer, token.audience(), keys, clock);
    }
    if (token.secret() == null) {
      throw new InvalidConfigurationPropertyValueException(
          "sunchak.token.secret", null, "is needed where " + ISSUER + " is not set");
    }
    return new SecretTokenVerifier(token.secret().getBytes(StandardCharsets.UTF_8), clock);
  }

  @Bean
  Cors cors(SunchakProperties settings) {
    return new Cors(Set.copyOf(settings.cors().origins()));
  }

  @Bean
  AccessFilter accessFilter(
      TokenVerifier tokens, Cors cors, Routes apiRoutes, RequestLimits limits) {
    return new AccessFilter(tokens, cors, apiRoutes, limits);
  }

  @Bean
  ProblemErrors problemErrors() {
    return new ProblemErrors();
  }

  @Bean
  IssueHandler issueHandler(
      GroupCommitIssuer issuer,
      TokenVerifier tokens,
      RequestLimits limits,
      CommitWatch commits,
      JdbcCouponLedger coupons,
      Discards discards,
      IssueMetrics metrics,
      InstantSource clock) {
    return new IssueHandler(issuer, tokens, limits, commits, coupons, discards, metrics, clock);
  }

  @Bean
  CampaignQueries queries(
      JdbcCampaignLedger campaigns, JdbcCouponLedger coupons, Reconciliation.Ports bothSides) {
    return new CampaignQueries(campaigns, coupons, bothSides.keyspace());
  }

  @Bean
  CouponCodes couponCodes(SunchakProperties settings) {
    return settings.codes().generator();
  }

  @Bean
  RedemptionHandler redemptionCalls(JdbcRedemptionLedger redemptions, CouponCodes codes) {
    return new RedemptionHandler(redemptions, codes);
  }

  @Bean
  OwnIssueHandler ownIssueCalls(
      CampaignQueries queries,
      JdbcCouponLedger coupons,
      JdbcRedemptionLedger redemptions,
      CouponCodes codes,
      Reconciliation.Ports bothSides,
      PromiseBook promises,
      InstantSource clock) {
    OwnIssueHandler.Stored stored = new OwnIssueHandler.Stored(coupons, redemptions, codes);
    return new OwnIssueHandler(queries, stored, bothSides.keyspace(), promises, clock);
  }

  @Bean
  BoardHandler publicCampaigns(CampaignBoard board, Pace lists, InstantSource clock) {
    return new BoardHandler(board, lists, clock);
  }

  @Bean
  DirectView directView(CampaignBoard board, RequestLimits limits, InstantSource clock) {
    return new DirectView(board, limits, clock);
  }

  @Bean
  CampaignHandler campaignCalls(
      CampaignAdmin admin,
      CampaignQueries queries,
      CampaignBoard board,
      CouponCodes codes,
      InstantSource clock) {
    return new CampaignHandler(admin, queries, board, codes, clock);
  }

  @Bean
  CouponHandler couponCalls(JdbcRedemptionLedger coupons, CampaignQueries queries) {
    return new CouponHandler(coupons, queries);
  }

  @Bean
  FailureHandler failureCalls(JdbcFailureLedger failures, Discards discards) {
    return new FailureHandler(failures, discards);
  }

  @Bean
  BulkIssueHandler bulkIssueCalls(
      GroupCommitIssuer issuer,
      Discards discards,
      CampaignQueries queries,
      JdbcAuditLedger audits) {
    return new BulkIssueHandler(new BulkIssue(issuer, discards), queries, audits);
  }

  @Bean
  UserHandler userCalls(
      JdbcRedemptionLedger coupons,
      JdbcFailureLedger failures,
      JdbcRepairLedger repairs,
      Reconciliation.Ports both,
      CampaignQueries queries,
      CouponCodes codes,
      InstantSource clock) {
    UserHandler.Sources sources =
        new UserHandler.Sources(
            coupons, failures, both.overview(), repairs, both.keyspace(), both.view());
    return new UserHandler(sources, queries, codes, clock);
  }

  @Bean
  ErasureHandler erasureCalls(LedgerDatabase database, JdbcAuditLedger audits) {
    return new ErasureHandler(new Erasing(new JdbcErasureLedger(database), audits));
  }

  @Bean
  AuditHandler auditCalls(JdbcAuditLedger audits) {
    return new AuditHandler(audits);
  }

  @Bean
  RepairHandler repairCalls(JdbcRepairLedger repairs, CampaignQueries queries) {
    return new RepairHandler(repairs, queries);
  }

  @Bean
  ReconciliationHandler reconciliationCalls(Reconciler reconciler, CampaignQueries queries) {
    return new ReconciliationHandler(reconciler, queries);
  }

  @Bean
  StreamHandler streamCalls(
      Monitor monitor,
      Consistency consistency,
      DemoSite demo,
      TokenVerifier tokens,
      InstantSource clock) {
    return new StreamHandler(monitor, consistency, demo, tokens, clock);
  }

  @Bean
  DemoHandler demoCalls(DemoSite demo, Drops drops, JdbcAuditLedger audits) {
    return new DemoHandler(demo, drops, audits);
  }

  @Bean
  DocsHandler docs() {
    return new DocsHandler();
  }

  @Bean
  SiteHandler site() {
    return new SiteHandler("dashboard/");
  }

  @Bean
  Routes apiRoutes(List<Calls> parts) {
    return new Routes(parts);
  }

  @Bean
  RouterFunction<ServerResponse> routerFunction(Routes apiRoutes) {
    return apiRoutes.function();
  }

  @Bean
  DirectChannels directChannels(List<DirectCall> calls) {
    return new DirectChannels(calls, UNREAD, IDLE);
  }

  @Bean
  ConnectionHandlers connectionHandlers(Cors cors, ConnectionLimits limits) {
    return new ConnectionHandlers(cors, REQUEST, limits);
  }

  @Bean
  Transport transport(SunchakProperties settings) {
    return settings.chosenTransport();
  }

  /**
   * One event loop a core, which is what can run at once: more of them make more wake-ups and
   * smaller batches. This server's own, so that no other one in the JVM ends them.
   */
  @Bean
  ReactorResourceFactory reactorResourceFactory(Transport transport) {
    ReactorResourceFactory loops = new ReactorResourceFactory();
    loops.setUseGlobalResources(false);
    loops.setLoopResourcesSupplier(
        () -> new EventLoops(transport, Runtime.getRuntime().availableProcessors()));
    return loops;
  }

  @Bean
  WebHttpHandlerBuilderCustomizer eventLoopAnswers() {
    return builder -> builder.httpHandlerDecorator(EventLoopAnswers::new);
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> netty(
      DirectChannels channels, ConnectionHandlers handlers) {
    return factory ->
        factory.addServerCustomizers(server ->
            server
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                // A client that closes its sending side still gets its answers;
                // PipelinedRequests closes the connection afterwards.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, READ)
                .doOnChannelInit((observer, channel, remote) -> {
                  if (handlers.admits(channel)) {
                    handlers.prepare(channel, channels.prepare(channel));
                  }
                })
                .httpRequestDecoder(decoder ->
                    decoder
                        .maxHeaderSize(MAX_HEADER)
                        .maxInitialLineLength(MAX_LINE)
                        .validateHeaders(true)));
  }
}
