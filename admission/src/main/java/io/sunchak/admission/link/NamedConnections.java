package io.sunchak.admission.link;

import io.sunchak.core.log.LogException;
import io.sunchak.core.promise.ConnectedNodes;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Each connection to Redis has the name of its node, by which the other nodes see that this one
 * lives: Redis closes a dead process' connections at once, and keeps those of one whose threads
 * hang. Thread-safe, blocking.
 */
public final class NamedConnections implements ConnectedNodes {
  private static final String PREFIX = "sunchak-";
  private static final String FIELD = " name=" + PREFIX;
  private static final char AT = '@';

  private final Link link;

  public NamedConnections(Link link) {
    this.link = link;
  }

  /** The name of a node's connection, in the printable ASCII that Redis takes (networking.c). */
  public static String name(String purpose, String node) {
    return PREFIX + purpose + AT + URLEncoder.encode(node, StandardCharsets.UTF_8);
  }

  @Override
  public Set<String> names() {
    try {
      return asked();
    } catch (LogException away) {
      return Set.of();
    }
  }

  /**
   * The same.
   *
   * @throws LogException when Redis cannot be asked, or refuses
   */
  Set<String> asked() {
    return link.await(link.commands().clientList())
        .lines()
        .filter(client -> client.contains(FIELD))
        .map(client -> client.substring(client.indexOf(FIELD) + FIELD.length()).split(" ", 2)[0])
        .filter(name -> name.indexOf(AT) >= 0)
        .map(
            name -> URLDecoder.decode(name.substring(name.indexOf(AT) + 1), StandardCharsets.UTF_8))
        .collect(Collectors.toUnmodifiableSet());
  }
}
