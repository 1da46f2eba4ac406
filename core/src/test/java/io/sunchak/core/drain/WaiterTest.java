package io.sunchak.core.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaiterTest {
  private static final Duration FOR_EVER = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Waiter waiter = new Waiter();

  private interface Pause {
    void await() throws InterruptedException;
  }

  @Test
  void a_pause_lasts_its_time() throws Exception {
    assertThat(lasted(() -> waiter.awaitWork(SHORT))).isGreaterThanOrEqualTo(SHORT);
    assertThat(lasted(() -> waiter.awaitRetry(SHORT))).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void news_ends_a_pause() throws Exception {
    CountDownLatch ended = inPause(() -> waiter.awaitWork(FOR_EVER));
    waiter.wake();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void news_between_two_pauses_is_kept_for_the_next_one_and_then_used_up() throws Exception {
    waiter.wake();
    waiter.wake();
    waiter.awaitWork(FOR_EVER);
    assertThat(lasted(() -> waiter.awaitWork(SHORT))).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void news_does_not_shorten_a_back_off_and_is_kept_beyond_it() throws Exception {
    waiter.wake();
    assertThat(lasted(() -> waiter.awaitRetry(SHORT))).isGreaterThanOrEqualTo(SHORT);
    waiter.awaitWork(FOR_EVER);
  }

  @Test
  void closing_ends_this_pause_and_every_later_one() throws Exception {
    CountDownLatch ended = inPause(() -> waiter.awaitRetry(FOR_EVER));
    waiter.close();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(waiter.isClosed()).isTrue();
    waiter.awaitWork(FOR_EVER);
    waiter.awaitRetry(FOR_EVER);
  }

  private static CountDownLatch inPause(Pause pause) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          begun.countDown();
          try {
            pause.await();
            ended.countDown();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        });
    begun.await();
    return ended;
  }

  private static Duration lasted(Pause pause) throws InterruptedException {
    long from = System.nanoTime();
    pause.await();
    return Duration.ofNanos(System.nanoTime() - from);
  }
}
