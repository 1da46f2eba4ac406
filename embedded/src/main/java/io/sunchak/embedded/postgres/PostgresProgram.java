package io.sunchak.embedded.postgres;

import io.sunchak.embedded.binaries.Binaries;
import io.sunchak.embedded.binaries.Platform;
import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.engine.EngineVersion;
import io.sunchak.embedded.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The unpacked PostgreSQL programs. */
record PostgresProgram(Path folder, EngineVersion version) {
  private static final String BUNDLED = "18.6";
  private static final String RESOURCE = "/postgres-linux-x86_64.txz";
  private static final Pattern FORM = Pattern.compile("\\(PostgreSQL\\) (\\d+\\.\\d+)");

  static PostgresProgram unpack(Binaries binaries) throws IOException {
    Platform platform = Platform.current();
    if (!platform.hasBundledPostgres()) {
      throw new EngineException(
          "the bundled PostgreSQL runs on linux amd64 only, this is "
              + platform.os()
              + " "
              + platform.arch()
              + ": start your own PostgreSQL and pass --postgres-url");
    }
    Path folder = binaries.archive("postgres-" + BUNDLED, RESOURCE);
    Path postgres = folder.resolve("bin/postgres");
    Command.Result answer = Command.run(List.of(postgres.toString(), "--version"));
    Matcher matcher = FORM.matcher(answer.output());
    if (!answer.ok() || !matcher.find()) {
      throw new EngineException(
          "the bundled PostgreSQL does not run here (it needs glibc 2.27 or newer): "
              + answer.output().strip());
    }
    return new PostgresProgram(folder, EngineVersion.parse("postgres " + matcher.group(1)));
  }

  Path postgres() {
    return folder.resolve("bin/postgres");
  }

  String initdb() {
    return folder.resolve("bin/initdb").toString();
  }
}
