package io.sunchak.chaos.cluster;

import io.sunchak.chaos.proxy.Proxy;
import io.sunchak.chaos.proxy.Weather;

/** The way of one server to both engines. */
public record Links(Proxy redis, Proxy postgres) implements AutoCloseable {
  static Links to(int redis, int postgres) {
    return new Links(new Proxy(redis), new Proxy(postgres));
  }

  void clear() {
    redis.set(Weather.CLEAR);
    postgres.set(Weather.CLEAR);
  }

  @Override
  public void close() {
    redis.close();
    postgres.close();
  }
}
