package io.sunchak.server.cli.aot;

import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.process.LaunchPrefix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How a JVM like this one is started: the same program, flags and class path. */
final class JavaCommand {
  private static final List<String> LOW_PRIORITY = List.of("nice", "-n", "10");

  /** A training run takes no more memory than this, unless this JVM has a limit of its own. */
  private static final String HEAP = "-Xmx512m";

  /**
   * What the training run keeps of the environment: where programs are, and the file names' form.
   */
  private static final Set<String> KEPT =
      Set.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "LOCPATH");

  private static final List<String> OTHERS = List.of("-D", "-Xlog", "-XX:AOT");

  private JavaCommand() {}

  /**
   * A training run. It must reach neither the Redis nor the PostgreSQL of this server, so it gets
   * none of the settings: no system property, no environment, and no file, since it runs in {@code
   * folder}. It ends with the thread that starts it.
   *
   * @param givesWay to every other process
   */
  static ProcessBuilder trainingRun(
      Path folder, Path output, List<String> words, boolean givesWay) {
    List<String> flags = new ArrayList<>(flags());
    if (flags.stream().noneMatch(flag -> flag.startsWith("-Xmx"))) {
      flags.add(HEAP);
    }
    flags.add("-XX:AOTCacheOutput=" + output);
    List<String> command = new ArrayList<>(LaunchPrefix.probe().forRedis());
    if (givesWay && runs(LOW_PRIORITY)) {
      command.addAll(LOW_PRIORITY);
    }
    command.addAll(java(flags, words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().retainAll(KEPT);
    return builder;
  }

  /** Prints what the JVM is, under this JVM's flags and environment, when given this cache. */
  static ProcessBuilder version(Path cache) {
    List<String> flags = new ArrayList<>(flags());
    flags.add("-XX:AOTCache=" + cache);
    return new ProcessBuilder(java(flags, List.of("-version")));
  }

  /** Those of this JVM that decide whether a cache fits: no property and no output. */
  private static List<String> flags() {
    return Stream.concat(
            AotCache.arguments().stream()
                .filter(argument -> OTHERS.stream().noneMatch(argument::startsWith)),
            Stream.of("-Xlog:aot=off"))
        .toList();
  }

  private static List<String> java(List<String> flags, List<String> words) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Stream.of(
            List.of(java), flags, List.of("-cp", System.getProperty("java.class.path")), words)
        .flatMap(List::stream)
        .toList();
  }

  private static boolean runs(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    return Command.run(command).ok();
  }
}
