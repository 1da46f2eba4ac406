package io.sunchak.core.testing;

import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPass;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.drain.PassResult;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.promise.Presence;
import io.sunchak.core.promise.PromiseWatch;
import io.sunchak.core.promise.Promises;
import io.sunchak.core.resync.Resync;
import io.sunchak.core.resync.ResyncPorts;
import io.sunchak.core.serving.ServingCheck;
import io.sunchak.core.serving.ServingListener;
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
 * A node without threads: it checks and it drains when a test says so. A requested check is kept
 * until then.
 */
public final class ManualNode implements CheckRequests, ServingListener {
  private static final int MOST_LOOKS = 10;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String name = "node-" + NAMES.incrementAndGet();
  private final InMemoryIssuer issuer;
  private final ResyncPorts resyncPorts;
  private final DrainPorts drainPorts;
  private final ServingCheck servingCheck;
  private final DrainPass pass;
  private final PromiseWatch watch;
  private final Map<CampaignId, Optional<Disagreement>> wanted = new HashMap<>();
  private final List<Resync.Done> resynced = new ArrayList<>();
  private volatile @Nullable String unsafeLedger;

  /** The only node that anybody waits for. */
  public ManualNode(InMemoryLedger ledger, InMemoryKeyspace keyspace, InstantSource clock) {
    this(ledger, keyspace, clock, new ManualPeers());
  }

  /** A node among {@code peers}. */
  public ManualNode(
      InMemoryLedger ledger, InMemoryKeyspace keyspace, InstantSource clock, ManualPeers peers) {
    issuer = new InMemoryIssuer(keyspace, 1_000, this);
    Promises promises = new Promises(name, issuer.promises(), ledger, ledger);
    resyncPorts = new ResyncPorts(ledger, ledger, keyspace, promises, peers.of(name));
    drainPorts = new DrainPorts(ledger, ledger, keyspace, promises, this);
    watch = new PromiseWatch(issuer.promises(), promises, ledger, this);
    peers.join(name, new Presence(name, issuer, issuer.promises(), promises, ledger, clock));
    servingCheck =
        new ServingCheck(resyncPorts, issuer, () -> Optional.ofNullable(unsafeLedger), this, clock);
    pass = new DrainPass(drainPorts, DrainListener.NONE, clock);
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

  public ResyncPorts resyncPorts() {
    return resyncPorts;
  }

  public DrainPorts drainPorts() {
    return drainPorts;
  }

  public ServingCheck servingCheck() {
    return servingCheck;
  }

  /** What the node's resyncs came to. */
  public List<Resync.Done> resynced() {
    return resynced;
  }

  /** From now on the ledger is set so that it promises too much; null: safe again. */
  public void unsafeLedger(@Nullable String setting) {
    unsafeLedger = setting;
  }

  /** What the campaign needs the serving loop for; empty when for nothing. */
  public synchronized Optional<Optional<Disagreement>> wanted(CampaignId campaign) {
    return Optional.ofNullable(wanted.get(campaign));
  }

  @Override
  public synchronized void checkNow(CampaignId campaign, @Nullable Disagreement why) {
    wanted.merge(
        campaign,
        Optional.ofNullable(why),
        (one, other) -> one.equals(Optional.of(Disagreement.HOLE)) ? one : other);
  }

  @Override
  public synchronized void onResynced(CampaignId campaign, Resync.Done result) {
    resynced.add(result);
  }

  /** One look of the serving loop. */
  public ServingCheck.Outcome look(CampaignId campaign) {
    Optional<Disagreement> why;
    synchronized (this) {
      why = Optional.ofNullable(wanted.remove(campaign)).flatMap(word -> word);
    }
    return servingCheck.run(campaign, why.orElse(null));
  }

  /** Looks until the campaign is open. */
  public void serve(CampaignId campaign) {
    ServingCheck.Outcome outcome = look(campaign);
    for (int i = 1; i < MOST_LOOKS && outcome != ServingCheck.Outcome.OPENED; i++) {
      outcome = look(campaign);
    }
    if (outcome != ServingCheck.Outcome.OPENED) {
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
