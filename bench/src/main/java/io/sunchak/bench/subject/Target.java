package io.sunchak.bench.subject;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is measured, by the names that stand in the results. */
public enum Target {
  V1("V1", Kind.LAB, "lab V1"),
  V2("V2", Kind.LAB, "lab V2"),
  V3("V3", Kind.LAB, "lab V3"),
  V3_REACTIVE("V3-reactive", Kind.LAB, "lab V3 --stack reactive"),
  V4("V4", Kind.LAB, "lab V4"),
  V4_VIRTUAL("V4-virtual", Kind.LAB, "lab V4 --stack servlet-virtual"),
  V4_REACTIVE("V4-reactive", Kind.LAB, "lab V4 --stack reactive"),
  V5("V5", Kind.LAB, "lab V5"),
  V6("V6", Kind.PRODUCT, "start --no-demo"),
  DRAIN_1("drain-1", Kind.LAB, "lab V5 --drain 1"),
  DRAIN_2("drain-2", Kind.LAB, "lab V5 --drain 2"),
  DRAIN_3("drain-3", Kind.LAB, "lab V5 --drain 3"),
  DRAIN_4("drain-4", Kind.LAB, "lab V5 --drain 4"),
  CEILING_NETTY("ceiling-netty", Kind.CEILING, ""),
  CEILING_REDIS_SINGLE("ceiling-redis-single", Kind.CEILING, ""),
  CEILING_REDIS_GROUPED("ceiling-redis-grouped", Kind.CEILING, ""),
  CEILING_UNNEST("ceiling-unnest", Kind.CEILING, ""),
  CEILING_COPY("ceiling-copy", Kind.CEILING, ""),
  CEILING_COPY_REGEX("ceiling-copy-regex", Kind.CEILING, "");

  private final String label;
  private final Kind kind;
  private final String command;

  /** Who answers. */
  public enum Kind {
    /** One of the seed's ways; takes the user from a header. */
    LAB,
    /** The server; takes the user from a token. */
    PRODUCT,
    /** Nobody issues: it only shows what the machine can carry. */
    CEILING
  }

  Target(String label, Kind kind, String command) {
    this.label = label;
    this.kind = kind;
    this.command = command;
  }

  @JsonValue
  public String label() {
    return label;
  }

  public Kind kind() {
    return kind;
  }

  /** What {@code ./sunchak} is given. */
  List<String> command() {
    return List.of(command.split(" "));
  }

  /**
   * The target of this name.
   *
   * @throws IllegalArgumentException with the list of names
   */
  @JsonCreator
  public static Target of(String label) {
    return Stream.of(values())
        .filter(target -> target.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no target '" + label + "'; there are: " + labels()));
  }

  private static String labels() {
    return Stream.of(values()).map(Target::label).collect(Collectors.joining(" "));
  }
}
