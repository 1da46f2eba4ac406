package io.sunchak.server.http.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class LoopTasksTest {
  @AutoClose("shutdownGracefully")
  private final DefaultEventExecutor loop = new DefaultEventExecutor();

  private final LoopTasks tasks = new LoopTasks(loop);
  private final AtomicInteger ran = new AtomicInteger();

  @Test
  void a_task_that_throws_holds_up_none_of_those_behind_it() {
    CountDownLatch gathered = new CountDownLatch(1);
    loop.execute(() -> awaits(gathered));
    for (int i = 0; i < 10; i++) {
      tasks.execute(ran::incrementAndGet);
      tasks.execute(() -> {
        throw new IllegalStateException("a defect");
      });
    }
    tasks.execute(ran::incrementAndGet);
    gathered.countDown();

    await().atMost(Duration.ofSeconds(10)).until(() -> ran.get() == 11);
  }

  @Test
  void what_comes_from_the_loop_runs_at_once() throws Exception {
    assertThat(
            loop.submit(
                    () -> {
                      tasks.execute(ran::incrementAndGet);
                      return ran.get();
                    })
                .get(10, TimeUnit.SECONDS))
        .isEqualTo(1);
  }

  private static void awaits(CountDownLatch latch) {
    try {
      var _ = latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
