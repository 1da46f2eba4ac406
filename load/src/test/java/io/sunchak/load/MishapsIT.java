package io.sunchak.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.judge.Invocation;
import io.sunchak.load.UnreliableServer.Treatment;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Endpoint;
import io.sunchak.load.generator.Load;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Shots;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the generator makes of a server that misbehaves: a missing answer, never a second sending.
 */
@Timeout(60)
class MishapsIT {
  private static final CampaignId CAMPAIGN = new CampaignId("c1");
  private static final Credentials USERS = Credentials.names("u", 3);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(50);

  static Stream<Arguments> mishaps() {
    return Stream.of(
        Arguments.of("reset", Treatment.reset()),
        Arguments.of("close", Treatment.close()),
        Arguments.of("close half-way", Treatment.closeHalfWay()),
        Arguments.of("silence", Treatment.silence()),
        Arguments.of("no HTTP", Treatment.noHttp()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mishaps")
  void a_mishap_is_a_missing_answer_and_the_next_request_goes_through(String name, Treatment mishap)
      throws Exception {
    AtomicBoolean happened = new AtomicBoolean();
    Treatment once =
        (request, socket) ->
            (happened.getAndSet(true) ? Treatment.answer(202, "{\"sequence\":1}") : mishap)
                .apply(request, socket);
    try (UnreliableServer server = new UnreliableServer(once)) {
      assertThat(results(server.url()))
          .containsExactly(new Invocation.Unknown(), new Invocation.Ok(1), new Invocation.Ok(1));
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void a_connection_that_the_server_ends_after_an_answer_is_made_anew() throws Exception {
    Treatment ending = Treatment.answerAndClose(202, "{\"sequence\":1}");
    try (UnreliableServer server = new UnreliableServer(ending)) {
      assertThat(results(server.url())).hasSize(3).containsOnly(new Invocation.Ok(1));
      assertThat(server.connections()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void a_server_that_cannot_be_reached_ends_the_load_after_the_patience() throws Exception {
    URI nobody;
    try (UnreliableServer server = new UnreliableServer(Treatment.silence())) {
      nobody = server.url();
    }
    long begun = System.nanoTime();

    assertThat(results(nobody)).isEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(PATIENCE, LONG.dividedBy(2));
  }

  private static List<Invocation.Result> results(URI server) throws InterruptedException {
    Shots each = Shots.rounds(0, USERS.count(), 1);
    Load load =
        new Load(
            List.of(server),
            List.of(Endpoint.issue(CAMPAIGN)),
            USERS,
            each,
            null,
            1,
            LONG,
            PATIENCE);
    try (LoadGenerator generator = new LoadGenerator(1)) {
      return generator.run(load).history(0, USERS).stream().map(Invocation::result).toList();
    }
  }
}
