package io.sunchak.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.server.limits.Proxies.Header;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose address counts, whatever anybody writes into a header. */
class ProxiesTest {
  private static final List<String> NETWORKS = List.of("10.0.0.0/8", "2001:db8::1", "127.0.0.1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.9 | 198.51.100.7                        | 203.0.113.9
          203.0.113.9 | 127.0.0.1                           | 203.0.113.9
          10.0.0.5    | 198.51.100.7                        | 198.51.100.7
          10.0.0.5    | 1.1.1.1, 198.51.100.7               | 198.51.100.7
          10.0.0.5    | 127.0.0.1, 198.51.100.7             | 198.51.100.7
          10.0.0.5    | 1.1.1.1, 198.51.100.7, 10.9.9.9     | 198.51.100.7
          2001:db8::1 | 1.1.1.1,198.51.100.7,10.1.1.1       | 198.51.100.7
          10.0.0.5    | 198.51.100.7:4711                   | 198.51.100.7
          10.0.0.5    | [2001:db8:5::7]:4711                | 2001:db8:5::7
          10.0.0.5    | 2001:db8:5::7                       | 2001:db8:5::7
          10.0.0.5    | ::ffff:198.51.100.7                 | 198.51.100.7
          10.0.0.5    | 10.1.1.1, 10.2.2.2                  | 10.1.1.1
          10.0.0.5    | 1.1.1.1, unknown                    | 10.0.0.5
          10.0.0.5    | 1.1.1.1, shop.example, 10.2.2.2    | 10.2.2.2
          10.0.0.5    | 1.1.1.1, 999.1.1.1                  | 10.0.0.5
          10.0.0.5    | 1.1.1.1,                            | 10.0.0.5
          10.0.0.5    | ''                                  | 10.0.0.5
          """)
  void the_last_address_that_is_no_proxy_counts(String peer, String header, String client) {
    assertThat(client(Header.X_FORWARDED_FOR, peer, List.of(header))).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.5 | for=198.51.100.7                                 | 198.51.100.7
          10.0.0.5 | for=1.1.1.1, For=198.51.100.7;proto=https        | 198.51.100.7
          10.0.0.5 | proto=http;by=10.0.0.5;for="198.51.100.7:80"     | 198.51.100.7
          10.0.0.5 | for="[2001:db8:5::7]:4711"                       | 2001:db8:5::7
          10.0.0.5 | for=1.1.1.1, for=_hidden                         | 10.0.0.5
          10.0.0.5 | by=1.1.1.1                                       | 10.0.0.5
          10.0.0.5 | x=for=1.1.1.1                                    | 10.0.0.5
          1.2.3.4  | for=198.51.100.7                                 | 1.2.3.4
          """)
  void so_it_does_in_the_standards_header(String peer, String header, String client) {
    assertThat(client(Header.FORWARDED, peer, List.of(header))).isEqualTo(client);
  }

  @Test
  void a_header_given_twice_is_one_list() {
    assertThat(client(Header.X_FORWARDED_FOR, "10.0.0.5", List.of("1.1.1.1", "198.51.100.7")))
        .isEqualTo("198.51.100.7");
    assertThat(client(Header.X_FORWARDED_FOR, "10.0.0.5", List.of())).isEqualTo("10.0.0.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "proxy.example", "10.0.0.0/", "*", "", "2001:db8::/129"})
  void what_is_no_network_is_refused(String network) {
    assertThatThrownBy(() -> new Proxies(List.of(network), Header.FORWARDED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String client(Header header, String peer, List<String> values) {
    InetAddress found =
        new Proxies(NETWORKS, header)
            .client(
                InetAddress.ofLiteral(peer),
                name -> name.equals(name(header)) ? values : List.of("9.9.9.9"));
    return found.equals(InetAddress.ofLiteral("2001:db8:5::7"))
        ? "2001:db8:5::7"
        : found.getHostAddress();
  }

  private static String name(Header header) {
    return header == Header.FORWARDED ? "Forwarded" : "X-Forwarded-For";
  }
}
