package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.HeardLog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DefectLogTest {
  private final AtomicLong nanos = new AtomicLong();
  private final DefectLog defects = new DefectLog(nanos::get);

  @Test
  void a_thousand_of_a_kind_are_one_entry_a_minute() {
    try (HeardLog log = new HeardLog()) {
      for (int second = 0; second < 120; second++) {
        nanos.set(Duration.ofSeconds(second).toNanos());
        for (int i = 0; i < 10; i++) {
          defects.tell(defect("planted"));
        }
      }

      assertThat(log.entries()).hasSize(2).allMatch(entry -> entry.contains("planted"));
    }
  }

  @Test
  void another_kind_is_told_meanwhile() {
    try (HeardLog log = new HeardLog()) {
      defects.tell(defect("the first"));
      defects.tell(new ArithmeticException("the second"));

      assertThat(log.entries()).hasSize(2);
    }
  }

  @Test
  void the_requests_path_which_the_framework_hangs_on_is_not_told() {
    RuntimeException defect = new IllegalArgumentException("outer", defect("inner"));
    defect.addSuppressed(new IllegalStateException("GET /a-path?a-query"));
    try (HeardLog log = new HeardLog()) {
      defects.tell(defect);

      assertThat(log.entries())
          .singleElement()
          .satisfies(entry ->
              assertThat(entry)
                  .contains("outer", "inner", "\tat io.sunchak")
                  .doesNotContain("a-path", "a-query"));
    }
  }

  private static RuntimeException defect(String what) {
    return new IllegalStateException(what);
  }
}
