package io.sunchak.core.testing;

import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.core.config.ConfigChange.Changed;
import io.sunchak.core.config.ConfigChange.Pending;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Nodes with the product's serving loop and drain over in-memory engines. Thread-safe. */
public final class InMemoryStage implements IssueStage, AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(2);

  private final InMemoryLedger ledger;
  private final InMemoryKeyspace keyspace;
  private final List<InMemoryNode> nodes;
  private final ConfigChange changes;

  /** Starts {@code count} nodes. */
  public InMemoryStage(int count) {
    InstantSource clock = InstantSource.system();
    ledger = new InMemoryLedger(clock);
    keyspace = new InMemoryKeyspace(clock);
    nodes = Stream.generate(() -> new InMemoryNode(ledger, keyspace, clock)).limit(count).toList();
    changes =
        new ConfigChange(
            new ConfigChange.Ports(ledger, ledger, keyspace, nodes.getFirst().checks()));
    nodes.forEach(InMemoryNode::start);
  }

  public InMemoryLedger ledger() {
    return ledger;
  }

  public InMemoryKeyspace keyspace() {
    return keyspace;
  }

  public List<InMemoryNode> nodes() {
    return nodes;
  }

  @Override
  public CouponIssuer issuer() {
    return nodes.getFirst().issuer();
  }

  @Override
  public void create(Campaign campaign) {
    if (!ledger.create(campaign)) {
      throw new IllegalArgumentException(campaign.id() + " was used before");
    }
    nodes.forEach(node -> node.checks().checkNow(campaign.id(), null));
    await("every node serves " + campaign.id())
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() -> nodes.stream().allMatch(node -> node.issuer().isOpen(campaign.id())));
  }

  @Override
  public Campaign change(Campaign changed) {
    long version = ledger.find(changed.id()).orElseThrow().version();
    return switch (changes.change(version, changed)) {
      case Changed(Campaign stored) -> stored;
      case Pending(Campaign stored) -> inForce(stored);
      case ConfigChange.Result refused ->
          throw new IllegalStateException(changed.id() + " cannot be changed: " + refused);
    };
  }

  private Campaign inForce(Campaign stored) {
    await("Redis holds " + stored)
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(
            () -> keyspace.facts(stored.id()).map(Facts::version).orElse(0L) >= stored.version());
    return stored;
  }

  @Override
  public Stored drained(CampaignId campaign) {
    await("the ledger has everything of " + campaign)
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() -> isDrained(campaign));
    return ledger.stored(campaign);
  }

  private boolean isDrained(CampaignId campaign) {
    Optional<Facts> facts = keyspace.facts(campaign);
    long cursor = ledger.counts(campaign).cursor();
    // The head is asked last: a resync stores its rows before it ends.
    return facts.filter(f -> f.sequence() == cursor && f.backlog() == 0).isPresent()
        && !ledger.head(campaign).orElseThrow().rebuilding();
  }

  @Override
  public List<String> disagreements(CampaignId campaign) {
    return Agreement.disagreements(keyspace, ledger.stored(campaign));
  }

  @Override
  public void close() {
    nodes.forEach(InMemoryNode::close);
  }
}
