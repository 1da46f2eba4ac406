package io.sunchak.server.cli;

import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.server.cli.aot.AotCache;
import io.sunchak.server.cli.aot.AotTraining;
import io.sunchak.server.cli.aot.TrainingLoad;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What the JVM watches to make an AOT cache: a whole start, a load, and the stop. */
@Command(name = TrainingRun.NAME, hidden = true)
final class TrainingRun implements Callable<Integer> {
  static final String NAME = "training-run";

  @Parameters(description = "of its own, deleted afterwards")
  private Path folder = Path.of("");

  /** Of this build, begun by another JVM. */
  static AotTraining of(AotCache cache) {
    return new AotTraining(cache, List.of(ServerMain.class.getName(), NAME));
  }

  @Override
  public Integer call() throws InterruptedException {
    StartCommand start = new StartCommand();
    new CommandLine(start)
        .parseArgs(
            "--port",
            Integer.toString(LoopbackPorts.free()),
            "--data-dir",
            folder.resolve("data") + "");
    StartCommand.Started server = start.begin();
    new TrainingLoad(URI.create(server.url()), Objects.requireNonNull(server.signer())).run();
    AotTraining.complete(folder);
    return 0;
  }
}
