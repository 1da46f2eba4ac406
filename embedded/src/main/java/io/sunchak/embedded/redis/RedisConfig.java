package io.sunchak.embedded.redis;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions.Durability;

/** The text of redis.conf. */
record RedisConfig(DataDirectory data, Durability durability) {
  /**
   * The rights of the server's user: its scripts, the commands that they and it run on campaign
   * keys, and what checks the settings. The guard asks for each of them by its own command.
   */
  private static final String SERVER_RIGHTS =
      "~{c:* resetchannels -@all +evalsha +eval +hset +hsetnx +hget +hmget +hlen +hscan +hdel"
          + " +type +xadd +xlen +xrange +xrevrange +xtrim +unlink +time +info +config|get +ping"
          + " +client|setname +client|list";

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
