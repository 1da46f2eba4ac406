package io.sunchak.server.cli;

import io.sunchak.server.cli.aot.AotCache;
import io.sunchak.server.cli.aot.AotTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sunchak train}: makes the AOT cache now, for a server that does not make it itself. */
@Command(
    name = "train",
    description = {
      "Make the next starts quicker: train the JVM's AOT cache of this build.",
      "A start with its own Redis and PostgreSQL does that by itself, in the background."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    AotCache cache = AotCache.ofThisBuild().orElse(null);
    if (cache == null) {
      throw new IllegalStateException("only ./sunchak trains");
    }
    if (AotCache.isUsed()) {
      out.println("the AOT cache of this build is there: " + cache.file());
      return 0;
    }
    try (AotTraining training = TrainingRun.of(cache)) {
      AotTraining.Outcome outcome = training.train();
      out.println(
          switch (outcome) {
            case TRAINED -> "trained: " + cache.file();
            case BUSY -> "another process trains it now";
            case REFUSED, CLOSED -> "no cache: a training run does not succeed here";
          });
      return outcome == AotTraining.Outcome.TRAINED ? 0 : 1;
    }
  }
}
