package io.sunchak.server.fuzz;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.RawSocket;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request after the other on one connection, and makes another one where the server says
 * that it ends it. Belongs to one thread.
 */
final class RequestConnection implements AutoCloseable {
  /** Far more than any answer needs, even on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final LiveServer server;
  private @Nullable RawSocket socket;
  private @Nullable AnswerReader answers;
  private String answered = "";
  private String before = "";

  RequestConnection(LiveServer server) {
    this.server = server;
  }

  /**
   * The answer.
   *
   * @throws IOException if there is none, if something follows it that was not asked, or if the
   *     server does not end the connection that it said it would end
   */
  Answer send(FuzzRequest request) throws IOException {
    RawSocket open = socket;
    AnswerReader reader = answers;
    if (open == null || reader == null) {
      open = new RawSocket(server, PATIENCE);
      reader = new AnswerReader(open);
      socket = open;
      answers = reader;
    }
    before = answered;
    answered = request.wire();
    open.sayIfOpen(request.wire()); // refused and closed before it was said is an answer, too
    Answer answer = reader.next(request.method());
    boolean stream = "text/event-stream".equals(answer.mediaType());
    // A HEAD whose first line cannot be read is answered as any request is.
    boolean unread = reader.isLast() && answer.status() >= 400 && request.method().equals("HEAD");
    String behind = reader.isLast() && !stream ? reader.rest() : reader.behind();
    if (!behind.isEmpty() && !stream && !unread) {
      throw new IOException("bytes behind the answer: " + behind);
    }
    if (reader.isLast()) {
      close();
    }
    return answer;
  }

  /** What was sent before the newest request on the same connection. */
  String before() {
    return before;
  }

  /** Ends the connection; the next request gets another one. */
  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    socket = null;
    answers = null;
    answered = "";
  }
}
