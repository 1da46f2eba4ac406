package io.sunchak.simulator.redis.store;

/**
 * An error reply. The message is Redis', of which the first word is the error's code; what follows
 * may differ from the real one's.
 */
public final class RedisErrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a stack trace: it is a reply, not a fault of the program. */
  public RedisErrorException(String message) {
    super(message, null, false, false);
  }

  static RedisErrorException wrongType() {
    return new RedisErrorException(
        "WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  static RedisErrorException arity(String command) {
    return new RedisErrorException("ERR wrong number of arguments for '" + command + "' command");
  }

  static RedisErrorException syntax() {
    return new RedisErrorException("ERR syntax error");
  }
}
