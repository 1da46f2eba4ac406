package io.sunchak.embedded.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine's name and version, such as {@code redis 7.0.15}.
 *
 * @param name {@code redis}, {@code valkey} or {@code postgres}
 */
public record EngineVersion(String name, int major, int minor, String version) {
  private static final Pattern FORM = Pattern.compile("([a-z]+) ((\\d+)\\.(\\d+)[.\\d]*)");

  public static EngineVersion parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new EngineException("not an engine and its version: " + text);
    }
    return new EngineVersion(
        matcher.group(1),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)),
        matcher.group(2));
  }

  public boolean atLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }

  /**
   * Whether this engine can open data that {@code writer} wrote. Redis' file format changes with
   * the minor version, and only newer versions read older files; PostgreSQL's changes with the
   * major version.
   */
  public boolean reads(EngineVersion writer) {
    return name.equals(writer.name)
        && major == writer.major
        && (name.equals("postgres") || minor >= writer.minor);
  }

  @Override
  public String toString() {
    return name + " " + version;
  }
}
