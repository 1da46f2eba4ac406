package io.sunchak.chaos.faults;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.cluster.Links;
import io.sunchak.chaos.proxy.Proxy;
import io.sunchak.chaos.proxy.Weather;
import io.sunchak.chaos.schedule.Strike;

/** Breaks the way of one server to one engine. */
final class LinkFaults {
  private final Cluster cluster;

  LinkFaults(Cluster cluster) {
    this.cluster = cluster;
  }

  void strike(Strike strike) throws InterruptedException {
    Links links = cluster.links(strike.server());
    Proxy struck = strike.choice() % 2 == 0 ? links.redis() : links.postgres();
    struck.set(weather(strike));
    Thread.sleep(strike.lasting());
    struck.set(Weather.CLEAR);
  }

  private static Weather weather(Strike strike) {
    return switch (strike.fault()) {
      case LINK_RESET -> Weather.RESET;
      case LINK_CLOSED -> Weather.CLOSED;
      case LINK_SILENT -> Weather.SILENT;
      case LINK_REPLIES_LOST -> Weather.REPLIES_LOST;
      case LINK_SLOW -> Weather.SLOW;
      default -> throw new IllegalArgumentException(strike + " is no fault of a link");
    };
  }
}
