package io.sunchak.admission.issue;

import static org.awaitility.Awaitility.await;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.core.config.ConfigChange.Changed;
import io.sunchak.core.config.ConfigChange.Pending;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.IssueStage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Nodes on one real Redis and one in-memory ledger. Thread-safe. */
final class RedisStage implements IssueStage, AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration LOCAL_REFUSALS = Duration.ofSeconds(1);

  private final RedisNode.Settings settings;
  private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
  private final RedisLink link;
  private final RedisCampaignKeyspace keyspace;
  private final List<RedisNode> nodes = new CopyOnWriteArrayList<>();

  RedisStage(int count, RedisNode.Settings settings) {
    this.settings = settings;
    link = new RedisLink(settings.controlUri(), "test-stage", LIMIT, LoopListener.NONE);
    keyspace = new RedisCampaignKeyspace(link);
    IntStream.range(0, count).forEach(i -> addNode());
  }

  RedisNode addNode() {
    RedisNode node = new RedisNode(settings, ledger).start();
    nodes.add(node);
    return node;
  }

  /**
   * Every node dies and is replaced by one that knows nothing; in between, none is there to notice.
   */
  void restartNodes(Runnable between) {
    List<RedisNode> before = List.copyOf(nodes);
    before.forEach(RedisNode::die);
    nodes.removeAll(before);
    between.run();
    before.forEach(node -> addNode());
  }

  InMemoryLedger ledger() {
    return ledger;
  }

  RedisCampaignKeyspace keyspace() {
    return keyspace;
  }

  List<RedisNode> nodes() {
    return nodes;
  }

  RedisNode node() {
    return nodes.getFirst();
  }

  @Override
  public CouponIssuer issuer() {
    return node().issuer();
  }

  @Override
  public void create(Campaign campaign) {
    if (!ledger.create(campaign)) {
      throw new IllegalArgumentException(campaign.id() + " was used before");
    }
    nodes.forEach(node -> node.checks().checkNow(campaign.id(), null));
    awaitThat(
        "every node serves " + campaign.id(),
        () -> nodes.stream().allMatch(node -> node.heard().opened(campaign.id()) > 0));
  }

  @Override
  public Campaign change(Campaign changed) {
    long version = ledger.find(changed.id()).orElseThrow().version();
    ConfigChange changes =
        new ConfigChange(new ConfigChange.Ports(ledger, ledger, keyspace, node().checks()));
    Campaign stored =
        switch (changes.change(version, changed)) {
          case Changed(Campaign applied) -> applied;
          case Pending(Campaign pending) -> pending;
          case ConfigChange.Result refused ->
              throw new IllegalStateException(changed.id() + " cannot be changed: " + refused);
        };
    awaitThat(
        "Redis holds " + stored,
        () -> facts(stored.id()).filter(f -> f.version() >= stored.version()).isPresent());
    long applied = System.nanoTime();
    awaitThat(
        "no node repeats an older refusal",
        () -> System.nanoTime() - applied > LOCAL_REFUSALS.toNanos());
    return stored;
  }

  @Override
  public Stored drained(CampaignId campaign) {
    awaitThat("the ledger has everything of " + campaign, () -> isDrained(campaign));
    return ledger.stored(campaign);
  }

  private boolean isDrained(CampaignId campaign) {
    long cursor = ledger.counts(campaign).cursor();
    // The head is asked last: a resync stores its rows before it ends.
    return facts(campaign).filter(f -> f.sequence() == cursor && f.backlog() == 0).isPresent()
        && !ledger.head(campaign).orElseThrow().rebuilding();
  }

  private Optional<Facts> facts(CampaignId campaign) {
    try {
      return keyspace.facts(campaign);
    } catch (LogException away) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> disagreements(CampaignId campaign) {
    return Agreement.disagreements(keyspace, ledger.stored(campaign));
  }

  private static void awaitThat(String what, Callable<Boolean> holds) {
    await(what).atMost(LIMIT).pollInterval(POLL).until(holds);
  }

  @Override
  public void close() {
    nodes.forEach(RedisNode::close);
    link.close();
  }
}
