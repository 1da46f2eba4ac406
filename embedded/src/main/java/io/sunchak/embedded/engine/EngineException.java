package io.sunchak.embedded.engine;

/**
 * An embedded engine or its data directory cannot be used. The message names the cause and, if
 * there is one, the next step; it can be shown to a user unchanged.
 */
public final class EngineException extends RuntimeException {
  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
