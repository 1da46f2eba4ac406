package io.sunchak.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sunchak.core.CampaignId;
import io.sunchak.judge.Invariant;
import io.sunchak.judge.Violation;
import io.sunchak.load.ShopInMemory.Lie;
import io.sunchak.load.UnreliableServer.Treatment;
import io.sunchak.load.command.CommandException;
import io.sunchak.token.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The drop's judge against a server that keeps its promises, and against each that does not. */
@Timeout(60)
class DropIT {
  private static final Drop.Plan PLAN = new Drop.Plan(new CampaignId("drop"), 100, 30, 2, 8);
  private static final Duration CALL = Duration.ofSeconds(15);
  private static final Duration STORED = Duration.ofMillis(300);

  @Test
  void an_honest_server_is_found_clean_and_its_drop_is_counted() throws Exception {
    AtomicLong progress = new AtomicLong();

    Drop.Report report = drop(new ShopInMemory(Lie.NONE), progress);

    assertThat(report.verdict().violations()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.tries().acceptedUsers()).isEqualTo(30);
    assertThat(report.rows()).isEqualTo(30);
    assertThat(report.unknown()).isZero();
    // Two tries each: the thirty winners get their coupon twice, the others nothing twice.
    assertThat(report.tries().refusedByCode()).isEqualTo(Map.of("SOLD_OUT", 140L));
    assertThat(progress).hasValue(200);
  }

  @ParameterizedTest
  @CsvSource({
    "OVERSELLS, I1",
    "GIVES_TWICE, I2",
    "LOSES, I3",
    "RENUMBERS, I3",
    "INVENTS, I4",
    "LOSES, I7",
    "UNDERSELLS, I7"
  })
  void a_lie_is_found_and_named(Lie lie, Invariant broken) throws Exception {
    Drop.Report report = drop(new ShopInMemory(lie), new AtomicLong());

    assertThat(report.isClean()).isFalse();
    assertThat(report.verdict().violations()).extracting(Violation::invariant).contains(broken);
  }

  @Test
  void answers_that_never_came_are_unknown_and_no_clean_drop() throws Exception {
    Drop.Report report = drop(new ShopInMemory(Lie.FALLS_SILENT), new AtomicLong());

    assertThat(report.verdict().violations()).isEmpty();
    assertThat(report.unknown()).isEqualTo(6);
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void a_campaign_that_cannot_be_made_ends_the_drop_with_the_servers_own_words() {
    Treatment forbidden = Treatment.answer(403, "{\"code\":\"FORBIDDEN\"}");

    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> drop(forbidden, new AtomicLong()))
        .withMessageContaining("403")
        .withMessageContaining("FORBIDDEN");
  }

  @Test
  void requests_that_a_vanished_server_never_got_are_unknown_too() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    AtomicReference<UnreliableServer> server = new AtomicReference<>();
    ShopInMemory honest = new ShopInMemory(Lie.NONE);
    Treatment vanishing =
        (request, socket) -> {
          if (requests.incrementAndGet() > 20) {
            server.get().close();
          } else {
            honest.apply(request, socket);
          }
        };
    try (UnreliableServer vanished = new UnreliableServer(vanishing)) {
      server.set(vanished);

      Drop.Report report =
          new Drop(running(vanished), PLAN, Duration.ofSeconds(1), STORED).run(answers -> {});

      // One of the twenty created the campaign.
      assertThat(report.unknown()).isBetween(181L, 200L);
      assertThat(report.isClean()).isFalse();
    }
  }

  private static Drop.Report drop(Treatment shop, AtomicLong progress) throws Exception {
    try (UnreliableServer server = new UnreliableServer(shop)) {
      return new Drop(running(server), PLAN, CALL, STORED).run(progress::addAndGet);
    }
  }

  private static RunningServer running(UnreliableServer server) {
    byte[] key = "k".repeat(32).getBytes(StandardCharsets.US_ASCII);
    return new RunningServer(server.url(), new TokenSigner(key, InstantSource.system()));
  }
}
