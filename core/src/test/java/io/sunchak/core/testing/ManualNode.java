package io.sunchak.core.testing;

import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.align.Align;
import io.sunchak.core.align.AlignPorts;
import io.sunchak.core.align.Attention;
import io.sunchak.core.align.KeeperListener;
import io.sunchak.core.align.Presence;
import io.sunchak.core.align.PromiseWatch;
import io.sunchak.core.align.Promises;
import io.sunchak.core.align.Verification;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPass;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.drain.PassResult;
import io.sunchak.core.log.Disagreement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A node without threads: its keeper looks and its drain passes when a test says so. Attention that
 * was asked for is kept until the next look.
 */
public final class ManualNode implements Attention, KeeperListener {
  private static final int MOST_LOOKS = 10;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String name = "node-" + NAMES.incrementAndGet();
  private final InMemoryIssuer issuer;
  private final AlignPorts alignPorts;
  private final DrainPorts drainPorts;
  private final Verification verification;
  private final DrainPass pass;
  private final PromiseWatch watch;
  private final Map<CampaignId, Optional<Disagreement>> wanted = new HashMap<>();
  private final List<Align.Aligned> aligned = new ArrayList<>();
  private volatile @Nullable String unsafeLedger;

  /** The only node that anybody waits for. */
  public ManualNode(InMemoryLedger ledger, InMemoryKeyspace keyspace, InstantSource clock) {
    this(ledger, keyspace, clock, new ManualPeers());
  }

  /** A node among {@code peers}. */
  public ManualNode(
      InMemoryLedger ledger, InMemoryKeyspace keyspace, InstantSource clock, ManualPeers peers) {
    issuer = new InMemoryIssuer(keyspace, 1_000);
    Promises promises = new Promises(name, issuer.promises(), ledger, ledger);
    alignPorts = new AlignPorts(ledger, ledger, keyspace, promises, peers.of(name));
    drainPorts = new DrainPorts(ledger, ledger, keyspace, promises, this);
    watch = new PromiseWatch(issuer.promises(), promises, ledger, this);
    peers.join(name, new Presence(name, issuer, issuer.promises(), promises, ledger, clock));
    verification =
        new Verification(alignPorts, issuer, () -> Optional.ofNullable(unsafeLedger), this, clock);
    pass = new DrainPass(drainPorts, DrainListener.NONE, clock);
    issuer.attentionTo(this);
  }

  public String name() {
    return name;
  }

  /** Looks whether the ledger has what this node promised. */
  public void watch() {
    watch.run();
  }

  /** What this node promised and does not know stored. */
  public List<Reservation> promised(CampaignId campaign) {
    return issuer.promises().all(campaign);
  }

  public InMemoryIssuer issuer() {
    return issuer;
  }

  public AlignPorts alignPorts() {
    return alignPorts;
  }

  public DrainPorts drainPorts() {
    return drainPorts;
  }

  public Verification verification() {
    return verification;
  }

  /** What the node's aligns came to. */
  public List<Align.Aligned> aligned() {
    return aligned;
  }

  /** From now on the ledger is set so that it promises too much; null: safe again. */
  public void unsafeLedger(@Nullable String setting) {
    unsafeLedger = setting;
  }

  /** What the campaign needs the keeper for; empty when for nothing. */
  public synchronized Optional<Optional<Disagreement>> wanted(CampaignId campaign) {
    return Optional.ofNullable(wanted.get(campaign));
  }

  @Override
  public synchronized void needed(CampaignId campaign, @Nullable Disagreement why) {
    wanted.merge(
        campaign,
        Optional.ofNullable(why),
        (one, other) -> one.equals(Optional.of(Disagreement.HOLE)) ? one : other);
  }

  @Override
  public synchronized void onAligned(CampaignId campaign, Align.Aligned result) {
    aligned.add(result);
  }

  /** One look of the keeper. */
  public Verification.Outcome look(CampaignId campaign) {
    Optional<Disagreement> why;
    synchronized (this) {
      why = Optional.ofNullable(wanted.remove(campaign)).flatMap(word -> word);
    }
    return verification.run(campaign, why.orElse(null));
  }

  /** Looks until the campaign is open. */
  public void serve(CampaignId campaign) {
    Verification.Outcome outcome = look(campaign);
    for (int i = 1; i < MOST_LOOKS && outcome != Verification.Outcome.OPENED; i++) {
      outcome = look(campaign);
    }
    if (outcome != Verification.Outcome.OPENED) {
      throw new AssertionError(campaign + " is not open: " + outcome);
    }
  }

  /** One request; the answer is there when this returns, or the request waits for a look. */
  public CompletableFuture<IssueOutcome> issue(CampaignId campaign, String user) {
    return issuer.issue(new IssueRequest(campaign, new UserId(user))).toCompletableFuture();
  }

  /** One pass of the drain. */
  public PassResult pass(CampaignId campaign) {
    return pass.runOnce(campaign);
  }

  /** Passes until the log is empty. */
  public void drain(CampaignId campaign) {
    PassResult result = pass(campaign);
    for (int i = 1; i < MOST_LOOKS && !(result instanceof PassResult.Idle); i++) {
      result = pass(campaign);
    }
    if (!(result instanceof PassResult.Idle)) {
      throw new AssertionError(campaign + " cannot be drained: " + result);
    }
  }
}
