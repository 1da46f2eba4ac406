package io.sunchak.embedded;

/**
 * An embedded engine, or the data directory it lives in, cannot be used. The message names the
 * cause and, where there is one, the next step; it can be shown to a user as it is.
 */
public final class EngineException extends RuntimeException {
  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
