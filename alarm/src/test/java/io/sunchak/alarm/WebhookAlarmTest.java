package io.sunchak.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WebhookAlarmTest {
  @Test
  void a_message_that_cannot_even_be_posted_ends_no_later_one() throws InterruptedException {
    CountDownLatch surprises = new CountDownLatch(2);
    try (WebhookAlarm alarm =
        new WebhookAlarm(
            URI.create("ftp://127.0.0.1/hook"),
            Duration.ofMillis(1),
            (loop, surprise) -> {
              surprises.countDown();
            })) {
      alarm.raise("the first");
      while (surprises.getCount() == 2) {
        Thread.onSpinWait();
      }
      alarm.raise("the second");
      assertThat(surprises.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
