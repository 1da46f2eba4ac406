package io.sunchak.server.limits;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Determines the client's address of a request. Clients can write any header, so the peer's address
 * counts, unless the peer is a configured proxy: then it is the last address in the header that is
 * no proxy, which the nearest proxy has written. Addresses before it are not trusted. Immutable.
 *
 * <p>Spring's {@code ForwardedHeaderTransformer} and Reactor Netty's handler believe the first
 * address, which the client itself wrote, and ask for no list of proxies.
 */
public final class Proxies {
  private static final Pattern NETWORK = Pattern.compile("([0-9a-fA-F.:]+)(?:/(\\d{1,3}))?");
  private static final Pattern V4_WITH_PORT = Pattern.compile("([\\d.]+):\\d+");
  private static final Pattern V6_IN_BRACKETS = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d+)?");
  private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F.:]+");
  private static final Pattern FOR =
      Pattern.compile(
          "(?:^|;)\\s*for\\s*=\\s*\"?([^\";]*)\"?\\s*(?=;|$)", Pattern.CASE_INSENSITIVE);
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;

  private final List<IpSubnetFilterRule> networks;
  private final Header header;

  /**
   * The header that the proxies write. It must not be one that they pass on unchanged from clients.
   */
  public enum Header {
    X_FORWARDED_FOR("X-Forwarded-For"),
    FORWARDED("Forwarded");

    private final String text;

    Header(String text) {
      this.text = text;
    }
  }

  /**
   * Proxies with addresses in these networks.
   *
   * @throws IllegalArgumentException if one is neither an address nor {@code address/bits}
   */
  public Proxies(List<String> networks, Header header) {
    this.networks = networks.stream().map(Proxies::network).toList();
    this.header = header;
  }

  private static IpSubnetFilterRule network(String text) {
    Matcher parts = NETWORK.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("neither an address nor a network");
    }
    InetAddress address = InetAddress.ofLiteral(parts.group(1));
    int most = address.getAddress().length == 4 ? V4_BITS : V6_BITS;
    int bits = parts.group(2) == null ? most : Integer.parseInt(parts.group(2));
    return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
  }

  /** Whether no proxy is configured. */
  public boolean isEmpty() {
    return networks.isEmpty();
  }

  /** Whether this address is a proxy. */
  boolean include(InetAddress address) {
    if (networks.isEmpty()) {
      return false;
    }
    InetSocketAddress socket = new InetSocketAddress(address, 0);
    return networks.stream().anyMatch(network -> network.matches(socket));
  }

  /**
   * The client's address of a request.
   *
   * @param peer who connected
   * @param headers gives all values of a header, in their order
   */
  InetAddress client(InetAddress peer, Function<String, List<String>> headers) {
    InetAddress nearest = peer;
    if (!include(peer)) {
      return nearest;
    }
    for (String hop : hops(headers.apply(header.text))) {
      InetAddress address = address(hop);
      if (address == null) {
        return nearest;
      }
      nearest = address;
      if (!include(address)) {
        return nearest;
      }
    }
    return nearest;
  }

  /** The addresses in the header, the last one first. */
  private static List<String> hops(List<String> values) {
    List<String> hops = new ArrayList<>();
    for (String value : values) {
      Collections.addAll(hops, value.split(",", -1));
    }
    return hops.reversed();
  }

  private @Nullable InetAddress address(String hop) {
    String node = hop.strip();
    if (header == Header.FORWARDED) {
      Matcher named = FOR.matcher(node);
      node = named.find() ? named.group(1).toLowerCase(Locale.ROOT) : "";
    }
    for (Pattern form : List.of(V6_IN_BRACKETS, V4_WITH_PORT)) {
      Matcher with = form.matcher(node);
      node = with.matches() ? with.group(1) : node;
    }
    try {
      return LITERAL.matcher(node).matches() ? InetAddress.ofLiteral(node) : null;
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }
}
