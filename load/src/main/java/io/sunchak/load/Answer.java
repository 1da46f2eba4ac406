package io.sunchak.load;

import org.jspecify.annotations.Nullable;

/**
 * What came back.
 *
 * @param status 0 when nothing came: reset, time-out, no connection
 * @param body at most 4 MB
 * @param retryAfter the header of that name; null when there is none
 * @param sentNanos when the request was handed to the network, {@link System#nanoTime}
 * @param readNanos when the answer was whole
 */
public record Answer(
    int status, String body, @Nullable String retryAfter, long sentNanos, long readNanos) {
  public boolean isMissing() {
    return status == 0;
  }
}
