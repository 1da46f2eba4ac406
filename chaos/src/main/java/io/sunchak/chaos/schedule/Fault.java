package io.sunchak.chaos.schedule;

import java.util.Locale;

/** What can be done to the cluster. Each constant says how often it is chosen, and its harm. */
public enum Fault {
  /** {@code kill -9} of one server; it comes back after the strike's duration. */
  SERVER_KILLED(5, Harm.SERVER),
  /** {@code kill -9} of both servers at once. */
  SERVERS_KILLED(2, Harm.SERVERS),
  /** A server is killed again while it starts. */
  SERVER_KILLED_IN_START(2, Harm.SERVER),
  /** SIGSTOP of one server, then SIGCONT. */
  SERVER_STOPPED(4, Harm.SERVER),
  /** SIGTERM of one server after the other, each started again. */
  SERVERS_ROLLED(2, Harm.NONE),

  /** {@code kill -9} of Redis. */
  REDIS_KILLED(5, Harm.NONE),
  /** Redis is killed again while it loads. */
  REDIS_KILLED_IN_START(2, Harm.NONE),
  /** Redis is killed while it rewrites its log. */
  REDIS_KILLED_IN_REWRITE(2, Harm.NONE),
  /** Redis is killed, and its log ends in the first part of one more write. */
  REDIS_WRITE_TORN(2, Harm.NONE),
  /** SIGSTOP of Redis, then SIGCONT. */
  REDIS_STOPPED(4, Harm.NONE),
  /** Every connection is ended by CLIENT KILL. */
  REDIS_CLIENTS_KILLED(2, Harm.NONE),
  /** SCRIPT FLUSH. */
  REDIS_SCRIPTS_FLUSHED(1, Harm.NONE),
  /** Redis is killed, and the last bytes of its log are gone: written, answered, and lost. */
  REDIS_TAIL_LOST(2, Harm.LOSS),
  /** Redis is killed, and its data deleted. */
  REDIS_DATA_DELETED(3, Harm.LOSS),
  /** Redis is killed, and comes back on a copy that is as old as the strike is long. */
  REDIS_ROLLED_BACK(3, Harm.LOSS),
  /** FLUSHALL. */
  REDIS_FLUSHED(2, Harm.LOSS),
  /** DEL of one of the campaign's three keys. */
  REDIS_KEY_DELETED(3, Harm.LOSS),

  /** {@code kill -9} of the postmaster. */
  POSTGRES_KILLED(4, Harm.LEDGER),
  /** {@code kill -9} of one backend: PostgreSQL ends all and recovers. */
  POSTGRES_BACKEND_KILLED(2, Harm.LEDGER),
  /** SIGSTOP of one backend, then SIGCONT. */
  POSTGRES_BACKEND_STOPPED(2, Harm.LEDGER),
  /** Every session is terminated. */
  POSTGRES_SESSIONS_ENDED(2, Harm.LEDGER),
  /** The coupon table is locked, so that nothing is drained. */
  POSTGRES_COUPONS_LOCKED(3, Harm.NONE),

  /** {@code kill -9} of both servers, Redis and the postmaster at once. */
  ALL_KILLED(3, Harm.SERVERS),

  /** The connections of one server to one engine end with RST, and new ones too. */
  LINK_RESET(2, Harm.SERVER),
  /** The same with FIN. */
  LINK_CLOSED(1, Harm.SERVER),
  /** Nothing passes the link in either direction, without a word. */
  LINK_SILENT(2, Harm.SERVER),
  /** Requests arrive, replies vanish. */
  LINK_REPLIES_LOST(2, Harm.SERVER),
  /** Each piece passes late. */
  LINK_SLOW(2, Harm.SERVER);

  private final int weight;
  private final Harm harm;

  /** What a fault keeps from happening, for the judge. */
  public enum Harm {
    /** Whatever was promised is still known to everybody who has to know it. */
    NONE,
    /** One server may be unable to hand over what only it knows. */
    SERVER,
    /** No server may be able to. */
    SERVERS,
    /** The ledger cannot take what servers know: it is out of reach, or too slow for them. */
    LEDGER,
    /** Redis loses what it has acknowledged. */
    LOSS
  }

  Fault(int weight, Harm harm) {
    this.weight = weight;
    this.harm = harm;
  }

  int weight() {
    return weight;
  }

  public Harm harm() {
    return harm;
  }

  /**
   * Whether no other fault may touch Redis meanwhile: one that started it between a kill and a
   * change of its data would make of both what no disk does.
   */
  public boolean takesRedisDown() {
    return this == ALL_KILLED || name().startsWith("REDIS_");
  }

  /** How many servers end by it. */
  int endsServers() {
    return switch (this) {
      case SERVER_KILLED, SERVER_KILLED_IN_START -> 1;
      case SERVERS_KILLED, SERVERS_ROLLED, ALL_KILLED -> 2;
      default -> 0;
    };
  }

  /** The name for people: {@code redis-killed}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
