package io.sunchak.embedded.binaries;

import java.util.Locale;

/**
 * The operating system and architecture, as the file names of the bundled binaries spell them.
 *
 * @param os {@code linux}, {@code darwin}, or what the JVM says
 * @param arch {@code amd64}, {@code arm64}, or what the JVM says
 */
public record Platform(String os, String arch) {
  public static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    return new Platform(
        os.startsWith("mac") ? "darwin" : os,
        switch (osArch) {
          case "x86_64", "amd64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch;
        });
  }

  public boolean hasBundledPostgres() {
    return os.equals("linux") && arch.equals("amd64");
  }
}
