package io.sunchak.server.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.server.testing.HeardLog;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An alarm that no webhook takes is in the log. */
class NodeAlarmTest {
  @AutoClose private final HeardLog log = new HeardLog("sunchak.alarms");

  @Test
  void the_log_has_the_text_of_each_alarm() {
    try (NodeAlarm alarm =
        new NodeAlarm(null, Duration.ofSeconds(1), new SimpleMeterRegistry(), LoopListener.NONE)) {
      alarm.raise("Sunchak: 1 of its engines cannot be reached {}");
    }

    assertThat(log.lines()).containsExactly("Sunchak: 1 of its engines cannot be reached {}");
  }
}
