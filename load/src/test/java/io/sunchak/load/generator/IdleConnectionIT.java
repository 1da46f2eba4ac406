package io.sunchak.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.judge.Invocation.Ok;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server may close a connection that it does not hear of: the next answer is another's never. */
class IdleConnectionIT {
  private static final int USERS = 160;
  private static final int PATIENCE_MILLIS = 5;
  private static final int ANSWER_MILLIS = 100;
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void what_the_server_closed_while_idle_is_used_once_and_each_answer_is_its_own_users()
      throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        LoadGenerator generator = new LoadGenerator(1)) {
      Thread.ofVirtual().start(() -> accept(server));
      Load load =
          new Load(
              List.of(URI.create("http://127.0.0.1:" + server.getLocalPort())),
              List.of(Endpoint.issue(new CampaignId("c1"))),
              Credentials.names("", USERS),
              Shots.rounds(0, USERS, 1),
              70.0, // with 100 ms an answer: about seven of the eight are busy
              8,
              LONG,
              LONG);
      LoadGenerator.Result seen = generator.run(load);

      Recording all = seen.recording();
      assertThat(all.size()).isEqualTo(USERS);
      int answered = 0;
      for (int i = 0; i < all.size(); i++) {
        if (all.answer(i) != AnswerCodec.MISSING) {
          assertThat(seen.codec().result(all.answer(i))).isEqualTo(new Ok(all.user(i) + 1L));
          answered++;
        }
      }
      assertThat(answered).isPositive();
    }
  }

  private static void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      return; // the test is over
    }
  }

  /**
   * Answers each user with his own number plus one, late; closes when nothing is asked for a while.
   */
  private static void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String user = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("X-User-Id: ")) {
          user = line.substring("X-User-Id: ".length());
        } else if (line.isEmpty()) {
          Thread.sleep(ANSWER_MILLIS);
          String body = "{\"sequence\":%d}".formatted(Integer.parseInt(user) + 1);
          String answer =
              "HTTP/1.1 202 \r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException | InterruptedException idleOrGone) {
      return;
    }
  }
}
