package io.sunchak.lab.failure;

import io.sunchak.alarm.Alarm;
import io.sunchak.alarm.ChatText;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.failure.Failure.State;
import io.sunchak.lab.queue.QueuedIssue.UnreadableException;
import io.sunchak.lab.write.Issuing;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryPolicy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a drain takes what it could not issue: reported to the log and the alarm, kept in Redis,
 * retried by {@link FailureRetry} or a person. Thread-safe; never blocks.
 */
public final class Failures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("sunchak.failures");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LongAdder count = new LongAdder();
  private final FailureQueue queue;
  private final Issuing issuing;
  private final Alarm alarm;
  private final InstantSource clock;
  private final FailureRetry retry;

  /** Begins to retry what an earlier process left. */
  public Failures(
      FailureQueue queue, Issuing issuing, RetryPolicy policy, Alarm alarm, InstantSource clock) {
    this.queue = queue;
    this.issuing = issuing;
    this.alarm = alarm;
    this.clock = clock;
    this.retry = new FailureRetry(queue, this::replay, policy, alarm);
  }

  /** Never fails: when Redis cannot be reached either, the log line is all that remains. */
  public Mono<Void> keep(String entry, Throwable error) {
    // Not a random UUID: the secure generator reads from a device, and this code must not block.
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    String reason = reason(error);
    State state = isHopeless(error) ? State.KEPT : State.RETRYING;
    count.increment();
    LOG.error("not issued: {} · {} · entry {}", id, reason, JSON.writeValueAsString(entry));
    alarm.raise("A coupon was not issued (%s): %s".formatted(state, ChatText.quote(reason)));
    return queue
        .put(new Failure(id, entry, reason, 1, state, clock.instant()))
        .doOnSuccess(kept -> retry.wake())
        .onErrorResume(away -> {
          LOG.error("not kept either: {} · {}", id, reason(away));
          return Mono.empty();
        });
  }

  /**
   * One more attempt. Issues it, then forgets it, in this order: a crash between the two repeats
   * what is harmless. Fails as the attempt failed, after the failure was updated.
   */
  public Mono<Void> replay(Failure failure) {
    return issuing
        .issue(failure.entry())
        .onErrorResume(error -> noted(failure, error).then(Mono.error(error)))
        .flatMap(campaign -> queue.remove(failure).then(issuing.refresh(List.of(campaign))));
  }

  private Mono<Void> noted(Failure failure, Throwable error) {
    State state = isHopeless(error) ? State.KEPT : failure.state();
    return queue.put(failure.again(reason(error), state));
  }

  /** Those that are kept, in no order. */
  public Flux<Failure> all() {
    return queue.all();
  }

  public Mono<Failure> find(String id) {
    return queue.find(id);
  }

  /** How many were reported since the start. */
  public long count() {
    return count.sum();
  }

  static boolean isHopeless(Throwable error) {
    Throwable cause = Stages.cause(error);
    return cause instanceof UnreadableException || cause instanceof LedgerException.Rejected;
  }

  private static String reason(Throwable error) {
    Throwable cause = Stages.cause(error);
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  @Override
  public void close() {
    retry.close();
  }
}
