package io.sunchak.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.fuzz.FuzzStream.Follows;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.OpenApi;
import io.sunchak.server.testing.RawSocket;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends byte streams, many beside one another, and judges what is heard until each is closed. */
final class StreamRun {
  private static final int AT_ONCE = 40;

  /** The server's deadline for a request is 10 s. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final LiveServer server;
  private final String campaign;
  private final FuzzFindings findings;
  private final AtomicInteger owed = new AtomicInteger();
  private final AtomicInteger heard = new AtomicInteger();

  StreamRun(LiveServer server, String campaign, FuzzFindings findings) {
    this.server = server;
    this.campaign = campaign;
    this.findings = findings;
  }

  /** Sends the streams of the seeds from {@code seed} on. */
  void send(long seed, int count) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> streams = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        FuzzStream stream = Streams.of(seed + i, campaign);
        streams.add(threads.submit(() -> send(stream)));
      }
      for (Future<?> stream : streams) {
        stream.get();
      }
    }
  }

  /** The share of the unharmed requests that were answered, of all streams that could hear it. */
  double answered() {
    return (double) heard.get() / owed.get();
  }

  private void send(FuzzStream stream) {
    List<Answer> answers = new ArrayList<>();
    try (RawSocket socket = new RawSocket(server, DEADLINE)) {
      stream.parts().forEach(socket::sayIfOpen);
      switch (stream.end()) {
        case HALF_CLOSE -> socket.saidAll();
        case WAIT -> {
          // for the server
        }
        case RESET -> {
          socket.resetOnClose();
          return;
        }
      }
      listen(new AnswerReader(socket), stream, answers);
      owed.addAndGet(stream.whole().size());
      heard.addAndGet(Math.min(answers.size(), stream.whole().size()));
      judge(stream, answers);
    } catch (IOException | AssertionError | RuntimeException wrong) {
      String what = stream.kind() + ", " + stream.end();
      findings.add(stream.seed(), what, stream.sent(), answers.toString(), wrong.toString());
    }
  }

  private static void listen(AnswerReader reader, FuzzStream stream, List<Answer> answers)
      throws IOException {
    while (!reader.isOver()) {
      try {
        answers.add(reader.next(stream.method(answers.size())));
      } catch (SocketException reset) {
        return; // the server has closed with something of ours unread
      }
    }
  }

  private static void judge(FuzzStream stream, List<Answer> answers) {
    assertThat(answers).as("no more answers than requests").hasSizeLessThanOrEqualTo(stream.most());
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      assertThat(answer.status()).as("answer %d", i).isLessThan(500);
      assertThat(answer.text()).as("answer %d", i).doesNotContain(Streams.SMUGGLED);
      Oracle.judgeAll(answer);
      if (answer.status() >= 400) {
        OpenApi.get().checkRefusal(Call.of(stream.method(i), "/"), answer);
      }
      if (i < stream.whole().size()) {
        assertThat(answer.status()).as("answer %d", i).isIn(stream.whole().get(i).statuses());
      } else if (stream.follows() == Follows.REFUSAL) {
        assertThat(answer.status()).as("a refusal").isGreaterThanOrEqualTo(400);
      }
    }
    if (stream.follows() == Follows.NOTHING) {
      assertThat(answers).as("all are answered").hasSize(stream.whole().size());
    }
  }
}
