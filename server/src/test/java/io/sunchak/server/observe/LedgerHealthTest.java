package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.ledger.connection.LedgerDatabase.Access;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

@Timeout(60)
final class LedgerHealthTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Access access = Access.WRITABLE;
  private volatile boolean writeFails;
  private final LedgerHealth health =
      new LedgerHealth(
          () -> {
            asked.incrementAndGet();
            return access;
          },
          () -> writeFails,
          nanos::get);

  @Test
  void postgresql_is_asked_once_a_second_however_many_ask() {
    for (int i = 0; i < 1_000; i++) {
      assertStatus(Status.UP);
    }
    assertThat(asked).hasValue(1);
    passes(Duration.ofSeconds(1));
    assertStatus(Status.UP);
    assertThat(asked).hasValue(2);
  }

  @Test
  void a_ledger_that_only_reads_is_not_up() {
    access = Access.READ_ONLY;
    assertReason("PostgreSQL is read-only: no coupon gets into the ledger");
    access = Access.AWAY;
    passes(Duration.ofSeconds(1));
    assertReason("PostgreSQL does not answer");
  }

  @Test
  void a_write_of_the_drain_that_failed_counts_at_once() {
    assertStatus(Status.UP);
    writeFails = true;
    assertReason("the drain's newest try to write failed; the log says why");
  }

  @Test
  void while_one_waits_for_a_silent_postgresql_nobody_else_does() {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    LedgerHealth slow =
        new LedgerHealth(
            () -> {
              if (asked.incrementAndGet() > 1) {
                waiting.countDown();
                await(answered);
              }
              return Access.WRITABLE;
            },
            () -> false,
            nanos::get);
    assertThat(slow.health().getStatus()).isEqualTo(Status.UP);
    passes(Duration.ofSeconds(2));
    CompletableFuture<Health> first = CompletableFuture.supplyAsync(() -> slow.health());
    await(waiting);
    assertThat(slow.health().getStatus()).as("as it was found last").isEqualTo(Status.UP);
    passes(Duration.ofSeconds(4));
    assertThat(slow.health().getDetails())
        .as("for too long")
        .containsEntry("reason", "PostgreSQL does not answer");
    answered.countDown();
    assertThat(first.join().getStatus()).isEqualTo(Status.UP);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void assertStatus(Status expected) {
    assertThat(health.health().getStatus()).isEqualTo(expected);
  }

  private void assertReason(String expected) {
    assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
    assertThat(health.health().getDetails()).containsEntry("reason", expected);
  }
}
