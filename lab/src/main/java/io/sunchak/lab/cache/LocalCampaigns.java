package io.sunchak.lab.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.lab.async.Stages;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Facts in this node's memory, in front of another finder. Read again when a node publishes a
 * change, and expired after {@link #LIFE} in any case, since messages get lost. Thread-safe,
 * bounded.
 */
public final class LocalCampaigns implements CampaignFinder, AutoCloseable {
  /** How old facts may be at most. */
  public static final Duration LIFE = Duration.ofSeconds(5);

  private static final int CAMPAIGNS = 1_000;

  /** Beyond it, a sold out campaign's requests go on to Redis. */
  private static final long HOLDERS = 100_000;

  private final AsyncCache<CampaignId, Optional<Local>> cache =
      Caffeine.newBuilder().maximumSize(CAMPAIGNS).expireAfterWrite(LIFE).buildAsync();
  private final CampaignFinder finder;
  private final Holders holders;
  private final Disposable subscription;

  /**
   * Facts, and once all of the stock is in the ledger, who has it.
   *
   * @param holders null while there are coupons left
   */
  private record Local(CampaignFacts facts, @Nullable Map<String, Long> holders) {}

  public LocalCampaigns(CampaignFinder finder, Holders holders, Flux<CampaignId> changes) {
    this.finder = finder;
    this.holders = holders;
    // One after the other, so that older facts never replace newer ones. Not on the connection's
    // own thread: a blocking finder would wait for that thread.
    this.subscription =
        changes.publishOn(Schedulers.boundedElastic()).concatMap(this::refresh).subscribe();
  }

  @Override
  public CompletionStage<Optional<CampaignFacts>> find(CampaignId id) {
    return cache.get(id, (key, executor) -> load(key)).thenApply(local -> local.map(Local::facts));
  }

  /** The answer that this cache can give alone; empty when Redis must be asked. */
  public Optional<IssueOutcome> answer(IssueRequest request) {
    CompletableFuture<Optional<Local>> cached = cache.getIfPresent(request.campaign());
    if (cached == null || !cached.isDone() || cached.isCompletedExceptionally()) {
      return Optional.empty();
    }
    return cached
        .join()
        .map(Local::holders)
        .map(known -> {
          Long sequence = known.get(request.user().value());
          return sequence == null
              ? new IssueOutcome.SoldOut()
              : new IssueOutcome.AlreadyIssued(sequence);
        });
  }

  /** Loads facts again; until they are here the old ones are used. */
  private Mono<Void> refresh(CampaignId id) {
    if (cache.getIfPresent(id) == null) {
      return Mono.empty();
    }
    return Mono.fromCompletionStage(() -> load(id))
        .doOnNext(local -> cache.put(id, CompletableFuture.completedFuture(local)))
        .onErrorResume(failure -> Mono.empty())
        .then();
  }

  private CompletableFuture<Optional<Local>> load(CampaignId id) {
    return finder.find(id).thenCompose(this::withHolders).toCompletableFuture();
  }

  private CompletionStage<Optional<Local>> withHolders(Optional<CampaignFacts> found) {
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    CampaignFacts facts = found.get();
    if (!facts.isAllIssued() || facts.issued() > HOLDERS) {
      return CompletableFuture.completedFuture(Optional.of(new Local(facts, null)));
    }
    return Stages.of(
        holders.all(facts.campaign().id()).map(known -> Optional.of(new Local(facts, known))));
  }

  @Override
  public void close() {
    subscription.dispose();
  }
}
