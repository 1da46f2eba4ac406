package io.sunchak.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each weather, before a server that sends back what it gets and counts it. */
@Timeout(30)
class ProxyIT {
  /** Longer than slow weather and a busy machine take together. */
  private static final int PATIENCE_MILLIS = 10_000;

  private static final int SILENCE_MILLIS = 300;

  @AutoClose
  private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());

  @AutoClose private final Proxy proxy = new Proxy(server.getLocalPort());
  private final AtomicInteger arrived = new AtomicInteger();

  ProxyIT() throws IOException {
    Thread.startVirtualThread(this::serve);
  }

  @Test
  void bytes_pass_in_clear_and_in_slow_weather() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 'a')).isEqualTo('a');
      proxy.set(Weather.SLOW);
      client.setSoTimeout(PATIENCE_MILLIS);
      assertThat(ask(client, 'b')).isEqualTo('b');
    }
  }

  @Test
  void a_reset_ends_what_stands_and_what_comes_until_it_clears() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 'a')).isEqualTo('a');
      proxy.set(Weather.RESET);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    try (Socket refused = connect()) {
      assertThatThrownBy(() -> ask(refused, 'b')).isInstanceOf(IOException.class);
    }
    proxy.set(Weather.CLEAR);
    try (Socket client = connect()) {
      assertThat(ask(client, 'c')).isEqualTo('c');
    }
  }

  @Test
  void a_close_ends_with_the_end_of_the_stream() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 'a')).isEqualTo('a');
      proxy.set(Weather.CLOSED);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void in_silence_nothing_arrives_and_the_connection_ends_when_it_clears() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 'a')).isEqualTo('a');
      proxy.set(Weather.SILENT);
      assertThatThrownBy(() -> ask(client, 'b')).isInstanceOf(SocketTimeoutException.class);
      assertThat(arrived).hasValue(1);
      proxy.set(Weather.CLEAR);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void where_replies_are_lost_requests_arrive() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 'a')).isEqualTo('a');
      proxy.set(Weather.REPLIES_LOST);
      assertThatThrownBy(() -> ask(client, 'b')).isInstanceOf(SocketTimeoutException.class);
      await().until(() -> arrived.get() == 2);
      proxy.set(Weather.CLEAR);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(SILENCE_MILLIS);
    return client;
  }

  private static int ask(Socket client, char letter) throws IOException {
    client.getOutputStream().write(letter);
    return client.getInputStream().read();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket from = server.accept();
        Thread.startVirtualThread(() -> echo(from));
      } catch (IOException closed) {
        // The loop's condition tells.
      }
    }
  }

  private void echo(Socket from) {
    try (from) {
      for (int letter = from.getInputStream().read();
          letter >= 0;
          letter = from.getInputStream().read()) {
        arrived.incrementAndGet();
        from.getOutputStream().write(letter);
      }
    } catch (IOException ended) {
      // by the weather
    }
  }
}
