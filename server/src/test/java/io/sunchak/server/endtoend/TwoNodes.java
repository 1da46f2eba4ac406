package io.sunchak.server.endtoend;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The real thing: two nodes on one Redis and one PostgreSQL. */
final class TwoNodes implements IssueStage, AutoCloseable {
  /** So long a node may repeat a refusal without asking. */
  private static final long LOCAL_REFUSAL_MILLIS = 1_000;

  private final BothSides sides;
  private final List<IssuingNode> nodes;

  TwoNodes(EmbeddedEngines engines) {
    sides = BothSides.of(engines);
    nodes = List.of(IssuingNode.start(engines), IssuingNode.start(engines));
  }

  CouponIssuer node(int index) {
    return nodes.get(index).issuer();
  }

  @Override
  public CouponIssuer issuer() {
    return node(0);
  }

  @Override
  public void create(Campaign campaign) {
    createAll(List.of(campaign));
  }

  /** Many at once is much faster than one after the other. */
  void createAll(Collection<Campaign> campaigns) {
    campaigns.forEach(sides::create);
    List<CampaignId> ids = campaigns.stream().map(Campaign::id).toList();
    nodes.forEach(node -> node.serve(ids));
  }

  @Override
  public Campaign change(Campaign changed) {
    long version = sides.campaigns().find(changed.id()).orElseThrow().version();
    ConfigChange changes =
        new ConfigChange(
            new ConfigChange.Ports(
                sides.campaigns(), sides.campaigns(), sides.keyspace(), nodes.getFirst().checks()));
    ConfigChange.Result result = changes.change(version, changed);
    if (!(result instanceof ConfigChange.Changed done)) {
      throw new IllegalStateException("the change came to " + result);
    }
    awaitEndOfLocalRefusals();
    return done.campaign();
  }

  /** As the admin's answer does: nobody can see from outside when a node asks Redis again. */
  private static void awaitEndOfLocalRefusals() {
    try {
      var _ = new CountDownLatch(1).await(LOCAL_REFUSAL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Stored drained(CampaignId campaign) {
    return sides.drained(campaign);
  }

  @Override
  public List<String> disagreements(CampaignId campaign) {
    return sides.disagreements(campaign);
  }

  @Override
  public void close() {
    nodes.forEach(IssuingNode::close);
    sides.close();
  }
}
