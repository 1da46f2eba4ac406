package io.sunchak.load.generator;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to send, to whom, how fast, and when to end. Immutable but for the shots, which are used up.
 *
 * @param nodes where the connections go, in turn
 * @param endpoints what shots mean by an endpoint's number
 * @param users what shots mean by a user's number
 * @param perSecond open loop: so many a second, whatever the answers do; null: closed loop, each
 *     connection sends when its last answer has come
 * @param connections made before the first request
 * @param longest after which nothing more is sent
 * @param patience how long an answer may take before its connection is closed, and how long no
 *     connection may stand before the load ends
 */
public record Load(
    List<URI> nodes,
    List<Endpoint> endpoints,
    Credentials users,
    Shots shots,
    @Nullable Double perSecond,
    int connections,
    Duration longest,
    Duration patience) {

  public Load {
    nodes = List.copyOf(nodes);
    endpoints = List.copyOf(endpoints);
  }
}
