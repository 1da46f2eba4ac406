package io.sunchak.embedded.redis;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions.Durability;

/** The text of redis.conf. */
record RedisConfig(DataDirectory data, Durability durability) {
  /**
   * The rights of the server's user: scripts and data commands on campaign keys, and the commands
   * that check the settings. No FLUSHALL, FLUSHDB, KEYS, CONFIG SET, SHUTDOWN, DEBUG, ACL,
   * FUNCTION.
   */
  private static final String SERVER_RIGHTS =
      "~{c:* &* -@all +@read +@write +@pubsub +@connection +@transaction -@dangerous"
          + " -@scripting +eval +evalsha +script|load +script|exists +config|get"
          + " +client|setname +client|list +info +role +time";

  /** {@code %d} would write the port in the digits of the locale, which Redis cannot read. */
  String text(int port) {
    boolean durable = durability == Durability.FSYNC;
    return """
    bind 127.0.0.1
    port %s
    protected-mode yes
    daemonize no
    dir %s
    save ""
    appendonly %s
    appendfsync %s
    no-appendfsync-on-rewrite no
    maxmemory-policy noeviction
    user default on >%s ~* &* +@all
    user sunchak on >%s %s
    """
        .formatted(
            port,
            quoted(data.redis().toString()),
            durable ? "yes" : "no",
            durable ? "always" : "no",
            data.secrets().redisPassword(),
            data.secrets().redisServerPassword(),
            SERVER_RIGHTS);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
