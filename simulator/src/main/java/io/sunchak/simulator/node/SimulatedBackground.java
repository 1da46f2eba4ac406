package io.sunchak.simulator.node;

import io.sunchak.admission.issue.Background;
import io.sunchak.simulator.time.Host;
import io.sunchak.simulator.time.Scheduler;
import java.time.Duration;

/** An issuer's clock and threads in virtual time. */
record SimulatedBackground(Scheduler scheduler, Host host) implements Background {
  @Override
  public long nanoTime() {
    return scheduler.now();
  }

  @Override
  public void run(Runnable work) {
    scheduler.spawn(host, "background", work);
  }

  @Override
  public Runnable repeat(String name, Runnable work, Duration pause) {
    boolean[] ended = new boolean[1];
    again(work, pause, ended);
    return () -> ended[0] = true;
  }

  private void again(Runnable work, Duration pause, boolean[] ended) {
    scheduler.after(
        pause,
        host,
        () -> {
          if (!ended[0]) {
            work.run();
            again(work, pause, ended);
          }
        });
  }
}
