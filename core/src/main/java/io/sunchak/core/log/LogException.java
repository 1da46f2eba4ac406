package io.sunchak.core.log;

import org.jspecify.annotations.Nullable;

/**
 * Redis could not be reached or did not answer in time. A write may have happened, so the caller
 * must read again before it concludes anything.
 */
public final class LogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
