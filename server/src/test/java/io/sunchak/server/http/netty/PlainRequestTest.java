package io.sunchak.server.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRequestTest {
  private static final String LINE = "POST /api/v1/campaigns/c1/issues HTTP/1.1\r\n";
  private static final String HEAD = LINE + "Host: a\r\n";

  private static @Nullable PlainRequest of(String text) {
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    PlainRequest found = PlainRequest.of(bytes);
    assertThat(bytes.readableBytes()).isEqualTo(text.length());
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "Authorization: Bearer t\r\n\r\n",
        "Content-Length: 0\r\n\r\n",
        "content-length:0\r\nCONNECTION: Keep-Alive\r\nauthorization:Bearer t\r\n\r\n",
        "Accept: */*\r\nAccept: text/html\r\nUser-Agent: a (b; c), \"d\"\r\n\r\n",
        "Upgrade-Insecure-Requests: 1\r\nX-Expect: 100-continue\r\nKeep-Alive: 1\r\n\r\n",
      })
  void what_nearly_all_clients_send_is_plain(String rest) {
    assertThat(of(HEAD + rest)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // the request line
        "POST",
        "POST ",
        "POST /",
        "POST /a HTTP/1.1",
        "\r\nPOST /a HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST  /a HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST a HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /a HTTP/1.0\r\nHost: a\r\n\r\n",
        "POST /a http/1.1\r\nHost: a\r\n\r\n",
        "POST /a%41 HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /a?b HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /a;b HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /é HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /a HTTP/1.1\nHost: a\r\n\r\n",
        "POST /a  HTTP/1.1\r\nHost: a\r\n\r\n",
        // its end
        HEAD,
        HEAD + "\r",
        HEAD + "\n",
        HEAD + "\r\nx",
        HEAD + "\r\n\r\n",
        HEAD + "\r\n" + HEAD,
        // lines
        LINE + "\r\n",
        HEAD + "Host: a\r\n\r\n",
        HEAD + "hOST: b\r\n\r\n",
        LINE + "Host:\r\n\r\n",
        HEAD + "X: y\n\r\n",
        HEAD + "X: y\n\n\r\n",
        HEAD + "X: y\r\r\n\r\n",
        HEAD + "X: y\r\n z\r\n\r\n",
        HEAD + " X: y\r\n\r\n",
        HEAD + "X : y\r\n\r\n",
        HEAD + ": y\r\n\r\n",
        HEAD + "X\r\n\r\n",
        HEAD + "X(: y\r\n\r\n",
        HEAD + "Xé: y\r\n\r\n",
        HEAD + "X: y\0\r\n\r\n",
        HEAD + "X: é\r\n\r\n",
        HEAD + "X: a\tb\r\n\r\n",
        HEAD + "X: \u007f\r\n\r\n",
        HEAD + "X:  y\r\n\r\n",
        HEAD + "X: y \r\n\r\n",
        HEAD + "X: \r\n\r\n",
        HEAD + "X:\ty\r\n\r\n",
        // headers that mean something
        HEAD + "Content-Length: 1\r\n\r\n",
        HEAD + "Content-Length: 00\r\n\r\n",
        HEAD + "Content-Length: 0\r\ncontent-length: 0\r\n\r\n",
        HEAD + "Content-Length: 0, 0\r\n\r\n",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n",
        HEAD + "transfer-encoding: identity\r\n\r\n",
        HEAD + "Expect: 100-continue\r\n\r\n",
        HEAD + "UPGRADE: h2c\r\n\r\n",
        HEAD + "Connection: close\r\n\r\n",
        HEAD + "Connection: keep-alive, close\r\n\r\n",
        HEAD + "Connection: keep-alive\r\nConnection: keep-alive\r\n\r\n",
        HEAD + "Authorization: Bearer t\r\nauthorization: Bearer t\r\n\r\n",
      })
  void all_other_bytes_are_left_to_the_codec(String bytes) {
    assertThat(of(bytes)).isNull();
  }

  @Test
  void a_long_request_is_left_to_the_codec() {
    String start = HEAD + "X: ";
    String end = "\r\n\r\n";
    int room = 8_191 - start.length() - end.length();

    assertThat(of(start + "x".repeat(room) + end)).isNotNull();
    assertThat(of(start + "x".repeat(room + 1) + end)).isNull();
  }

  @Test
  void what_a_call_reads_of_it_is_what_was_sent() {
    PlainRequest request =
        Objects.requireNonNull(of(HEAD + "X-List: 1\r\nX-Lists: 9\r\nx-list:2, 3\r\n\r\n"));

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/api/v1/campaigns/c1/issues");
    assertThat(request.announcesBody()).isFalse();
    assertThat(request.headers("x-LIST")).containsExactly("1", "2, 3");
    assertThat(request.headers("host")).containsExactly("a");
    assertThat(request.headers("x-lis")).isEmpty();
    assertThat(request.headers("post")).isEmpty();
  }
}
