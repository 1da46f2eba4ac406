package io.sunchak.core.log;

import org.jspecify.annotations.Nullable;

/**
 * Redis could not be asked, or did not answer in time. A write may have happened: ask again before
 * you conclude anything.
 */
public final class LogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
