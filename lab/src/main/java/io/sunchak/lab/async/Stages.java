package io.sunchak.lab.async;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/**
 * Stages of work that blocks its caller, as a servlet's thread may, and of work that never does.
 */
public final class Stages {
  private Stages() {}

  /** Does the work now, in this thread; an exception becomes the stage's. */
  public static <T> CompletionStage<T> blocking(Callable<T> work) {
    try {
      return CompletableFuture.completedFuture(work.call());
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A stage of work that never blocks, begun now; fails when there is no value. */
  @SuppressWarnings(
      "NullAway") // toFuture's null is what an empty Mono gives, and single() refuses it
  public static <T> CompletionStage<T> of(Mono<T> work) {
    return work.single().toFuture();
  }

  /** The cause of a failed stage. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
