package io.sunchak.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class IssueWindowTest {
  private static final Instant NOON = Instant.parse("2026-12-24T03:00:00Z");

  @Test
  void a_window_may_be_as_short_as_an_instant() {
    assertThat(new IssueWindow(NOON, NOON.plusNanos(1)).closesAt()).isAfter(NOON);
  }

  @Test
  void a_window_that_is_empty_or_closes_before_it_opens_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new IssueWindow(NOON, NOON));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IssueWindow(NOON, NOON.minusNanos(1)));
  }
}
