package io.sunchak.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./sunchak doctor}: what this machine has and lacks for the embedded mode. */
@Command(
    name = "doctor",
    description = "Look at what this machine has and lacks.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final long FREE_BYTES = 1L << 30;

  @Option(names = "--json", description = "one JSON object")
  private boolean json;

  @Option(names = "--data-dir", defaultValue = "data")
  private Path dataDirectory = Path.of("data");

  @Spec private @Nullable CommandSpec spec;

  /** The result of one check. */
  record Finding(String name, boolean ok, String detail, String next) {}

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = new ArrayList<>();
    int java = Runtime.version().feature();
    findings.add(new Finding("jdk", java >= 25, "JDK " + java, "install a JDK 25"));
    String os = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    boolean bundled = os.equals("Linux amd64");
    findings.add(
        new Finding(
            "platform",
            bundled,
            os,
            "the bundled PostgreSQL needs Linux amd64; use --postgres-url"));
    for (String program : List.of("setpriv", "setsid", "unshare")) {
      findings.add(new Finding(program, onPath(program), "on PATH", "apt-get install util-linux"));
    }
    findings.add(disk());
    print(findings);
    return findings.stream().allMatch(Finding::ok) ? 0 : 1;
  }

  private Finding disk() throws IOException {
    Path existing = dataDirectory.toAbsolutePath();
    for (Path up = existing; !Files.exists(existing) && up != null; up = up.getParent()) {
      existing = up;
    }
    FileStore store = Files.getFileStore(existing);
    long free = store.getUsableSpace();
    return new Finding(
        "disk", free >= FREE_BYTES, (free >> 20) + " MB free at " + existing, "free at least 1 GB");
  }

  private static boolean onPath(String program) {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private void print(List<Finding> findings) {
    PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      findings.forEach(f -> all.put(f.name(), Map.of("ok", f.ok(), "detail", f.detail())));
      out.println(JsonMapper.builder().build().writeValueAsString(all));
    } else {
      for (Finding f : findings) {
        String text = f.ok() ? f.detail() : "missing or too little; next: " + f.next();
        out.printf("%-4s %-10s %s%n", f.ok() ? "ok" : "NO", f.name(), text);
      }
    }
    out.flush();
  }
}
