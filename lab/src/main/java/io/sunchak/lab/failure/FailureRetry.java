package io.sunchak.lab.failure;

import io.sunchak.alarm.Alarm;
import io.sunchak.alarm.ChatText;
import io.sunchak.lab.failure.Failure.State;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import reactor.core.publisher.Mono;

/**
 * Tries the kept failures again, with back-off, in a thread of its own that may block. What fails
 * while the ledger is away fails together, so it is retried together: one pass goes through all of
 * them and ends at the first that still fails. When the policy gives up they are kept for a person.
 */
final class FailureRetry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FailureRetry.class);

  private final Semaphore wanted = new Semaphore(1);
  private final FailureQueue queue;
  private final Function<Failure, Mono<Void>> replay;
  private final RetryTemplate retry;
  private final Alarm alarm;
  private final Thread thread;

  /** Begins with what an earlier process left. */
  FailureRetry(
      FailureQueue queue, Function<Failure, Mono<Void>> replay, RetryPolicy policy, Alarm alarm) {
    this.queue = queue;
    this.replay = replay;
    this.retry = new RetryTemplate(policy);
    this.alarm = alarm;
    this.thread = Thread.ofVirtual().name("failure-retry").start(this::retryUntilClosed);
  }

  /** There is something new to retry. Never blocks. */
  void wake() {
    wanted.release();
  }

  private void retryUntilClosed() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        wanted.acquire();
        wanted.drainPermits();
        try {
          retry.execute(this::pass);
        } catch (RetryException exhausted) {
          giveUp(exhausted);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException defect) {
      LOG.error("the retry loop ended", defect);
      alarm.raise("The retry of failed issues ended: " + ChatText.quote(defect.toString()));
    }
  }

  /** Throws the first failed attempt's exception. */
  private int pass() {
    List<Failure> failures = retrying();
    for (Failure failure : failures) {
      try {
        replay.apply(failure).block();
      } catch (RuntimeException error) {
        if (!Failures.isHopeless(error)) {
          throw error;
        }
      }
    }
    return failures.size();
  }

  private void giveUp(RetryException exhausted) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      List<Failure> failures = retrying();
      failures.forEach(failure -> queue.put(failure.kept()).block());
      String why = ChatText.quote(String.valueOf(exhausted.getMessage()));
      alarm.raise(failures.size() + " failed issues wait for a person: " + why);
    } catch (RuntimeException away) {
      LOG.warn("the failure queue cannot be reached: {}", away.toString());
      wake();
    }
  }

  private List<Failure> retrying() {
    List<Failure> found =
        queue.all().filter(failure -> failure.state() == State.RETRYING).collectList().block();
    return found == null ? List.of() : found;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
