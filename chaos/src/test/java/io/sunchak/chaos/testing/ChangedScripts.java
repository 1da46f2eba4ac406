package io.sunchak.chaos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changed copies of the product's scripts, which a server's JVM finds in place of its own. */
public final class ChangedScripts {
  private static final Path SCRIPTS = Path.of("../admission/src/main/resources/lua");

  private final Path folder;

  /** Puts them into this folder. */
  public ChangedScripts(Path folder) {
    this.folder = folder;
  }

  /** The same script with {@code wrong} in place of {@code right}, which must be there. */
  public ChangedScripts replace(String name, String right, String wrong) throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("lua"));
    Path changed = scripts.resolve(name + ".lua");
    String text =
        Files.readString(Files.exists(changed) ? changed : SCRIPTS.resolve(name + ".lua"));
    assertThat(text).contains(right);
    Files.writeString(changed, text.replace(right, wrong));
    return this;
  }

  /** The boot loader is asked first, so these scripts hide those of the product's jar. */
  public String flag() {
    return "-Xbootclasspath/a:" + folder.toAbsolutePath();
  }
}
