package io.sunchak.lab.testing;

import static org.awaitility.Awaitility.await;

import io.sunchak.alarm.Alarm;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.lab.drain.DrainKind;
import io.sunchak.lab.node.LabNode;
import io.sunchak.lab.node.LabSettings;
import io.sunchak.lab.redis.LabKeys;
import io.sunchak.lab.strategy.Stack;
import io.sunchak.lab.strategy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Nodes of one strategy on the shared engines, with a queue of their own. */
public final class LabStage implements IssueStage, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TICK = Duration.ofMillis(100);

  private final List<LabNode> nodes = new ArrayList<>();

  /** Starts {@code count} nodes. */
  public LabStage(EmbeddedEngines engines, Strategy strategy, Stack stack, int count) {
    LabSettings settings = settings(engines, strategy, stack);
    for (int i = 0; i < count; i++) {
      nodes.add(LabNode.start(settings));
    }
  }

  /** As it was described, on its first stack. */
  public static LabSettings settings(EmbeddedEngines engines, Strategy strategy) {
    return settings(engines, strategy, strategy.stacks().getFirst());
  }

  /** With a queue that nobody else uses, drained ten times a second. */
  public static LabSettings settings(EmbeddedEngines engines, Strategy strategy, Stack stack) {
    return new LabSettings(
        strategy,
        stack,
        DrainKind.POP_FIRST,
        TICK,
        LabSettings.retry(Duration.ofSeconds(1)),
        new LabKeys("lab:queue:" + UUID.randomUUID()),
        at(engines),
        Alarm.SILENT);
  }

  /** Where the engines are. */
  public static LabSettings.Engines at(EmbeddedEngines engines) {
    return new LabSettings.Engines(
        engines.redisUri(), engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
  }

  @Override
  public CouponIssuer issuer() {
    return node().issuer();
  }

  /** All nodes' issuers. */
  public List<CouponIssuer> issuers() {
    return nodes.stream().map(LabNode::issuer).toList();
  }

  /** The first node. */
  public LabNode node() {
    return nodes.getFirst();
  }

  @Override
  public void create(Campaign campaign) {
    get(node().admin().create(campaign));
    nodes.forEach(node -> get(node.campaigns().find(campaign.id())));
  }

  @Override
  public Campaign change(Campaign changed) {
    Campaign stored = get(node().admin().change(changed)).orElseThrow();
    await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(node -> knows(node, stored)));
    return stored;
  }

  private static boolean knows(LabNode node, Campaign stored) {
    return get(node.campaigns().find(stored.id())).orElseThrow().campaign().version()
        == stored.version();
  }

  @Override
  public Stored drained(CampaignId campaign) {
    await()
        .atMost(PATIENCE)
        .until(() -> get(node().ledger().issued(campaign)).equals(accepted(campaign)));
    return stored(campaign);
  }

  private Long accepted(CampaignId campaign) {
    return get(node().holders().count(campaign));
  }

  private Stored stored(CampaignId campaign) {
    Campaign found = get(node().ledger().find(campaign)).orElseThrow();
    List<Coupon> rows = get(node().ledger().page(campaign, 0, 1_000_000));
    return new Stored(found, rows, List.of());
  }

  @Override
  public List<String> disagreements(CampaignId campaign) {
    Map<String, Long> rows =
        stored(campaign).rows().stream().collect(Collectors.toMap(Coupon::user, Coupon::sequence));
    Map<String, Long> redis = get(node().holders().all(campaign));
    return rows.equals(redis) ? List.of() : List.of("ledger " + rows + " but Redis " + redis);
  }

  /** The value of a stage, awaited. */
  public static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** The value of a Mono that has one, awaited. */
  public static <T> T get(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(PATIENCE));
  }

  @Override
  public void close() {
    nodes.forEach(LabNode::close);
  }
}
