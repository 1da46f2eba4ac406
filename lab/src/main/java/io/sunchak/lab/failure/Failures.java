package io.sunchak.lab.failure;

import io.sunchak.alarm.Alarm;
import io.sunchak.alarm.ChatText;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.failure.Failure.State;
import io.sunchak.lab.queue.QueuedIssue.UnreadableException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a drain takes what it could not issue: told to the log and the alarm, kept, tried again.
 */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger("sunchak.failures");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LongAdder count = new LongAdder();
  private final FailureQueue queue;
  private final Alarm alarm;
  private final InstantSource clock;
  private final Runnable wakeRetry;

  public Failures(FailureQueue queue, Alarm alarm, InstantSource clock, Runnable wakeRetry) {
    this.queue = queue;
    this.alarm = alarm;
    this.clock = clock;
    this.wakeRetry = wakeRetry;
  }

  /** Never fails: when even the queue cannot be reached, the log line is what is left. */
  public Mono<Void> keep(String entry, Throwable error) {
    // Not a random UUID: the secure generator reads from a device, and here nobody may wait.
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    String reason = reason(error);
    State state = isHopeless(error) ? State.KEPT : State.RETRYING;
    count.increment();
    LOG.error("not issued: {} · {} · entry {}", id, reason, JSON.writeValueAsString(entry));
    alarm.raise("A coupon was not issued (%s): %s".formatted(state, ChatText.quote(reason)));
    return queue
        .put(new Failure(id, entry, reason, 1, state, clock.instant()))
        .doOnSuccess(kept -> wakeRetry.run())
        .onErrorResume(away -> {
          LOG.error("not kept either: {} · {}", id, reason(away));
          return Mono.empty();
        });
  }

  /** How many were taken here since the start. */
  public long count() {
    return count.sum();
  }

  static boolean isHopeless(Throwable error) {
    Throwable cause = Stages.cause(error);
    return cause instanceof UnreadableException || cause instanceof LedgerException.Rejected;
  }

  static String reason(Throwable error) {
    Throwable cause = Stages.cause(error);
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
