package io.sunchak.lab.cli;

import io.sunchak.embedded.engine.EngineOptions.Durability;
import io.sunchak.lab.drain.DrainKind;
import io.sunchak.lab.strategy.Stack;
import io.sunchak.lab.strategy.Strategy;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** The command line's options, checked; what is wrong is refused with a list of what there is. */
record Choice(
    Strategy strategy, Stack stack, DrainKind drain, Duration interval, Durability durability) {

  /**
   * Checks options as they were typed; null where none was given.
   *
   * @throws IllegalArgumentException with the list of what can be asked for
   */
  static Choice of(
      String strategy,
      @Nullable String stack,
      @Nullable String drain,
      @Nullable String interval,
      String durability) {
    Strategy chosen =
        Stream.of(Strategy.values())
            .filter(each -> each.name().equalsIgnoreCase(strategy))
            .findFirst()
            .orElseThrow(() -> refused("there is no strategy '" + strategy + "'"));
    return new Choice(
        chosen,
        stack(chosen, stack),
        drain(chosen, drain),
        interval(chosen, interval),
        durability(durability));
  }

  private static Stack stack(Strategy strategy, @Nullable String word) {
    if (word == null) {
      return strategy.stacks().getFirst();
    }
    return Stream.of(Stack.values())
        .filter(each -> each.label().equals(word) && strategy.stacks().contains(each))
        .findFirst()
        .orElseThrow(() -> refused(strategy + " does not run on stack '" + word + "'"));
  }

  private static DrainKind drain(Strategy strategy, @Nullable String word) {
    if (word == null) {
      return DrainKind.POP_FIRST;
    }
    if (strategy != Strategy.V5) {
      throw refused(strategy + " has one drain; --drain is for V5");
    }
    return Stream.of(DrainKind.values())
        .filter(each -> Integer.toString(each.number()).equals(word))
        .findFirst()
        .orElseThrow(() -> refused("there is no drain '" + word + "'"));
  }

  private static Duration interval(Strategy strategy, @Nullable String word) {
    if (word == null) {
      return strategy.interval();
    }
    try {
      Duration interval = DurationStyle.detectAndParse(word);
      if (interval.compareTo(Duration.ofMillis(1)) >= 0) {
        return interval;
      }
    } catch (IllegalArgumentException notADuration) {
      // refused below, as one of no length is
    }
    throw new IllegalArgumentException("--interval must be such as 500ms or 2s, at least 1ms");
  }

  private static Durability durability(String word) {
    return switch (word) {
      case "fsync" -> Durability.FSYNC;
      case "none" -> Durability.OFF;
      default -> throw new IllegalArgumentException("--durability must be fsync or none");
    };
  }

  private static IllegalArgumentException refused(String cause) {
    return new IllegalArgumentException(cause + "; there are:\n" + list());
  }

  private static String list() {
    Stream<String> strategies =
        Stream.of(Strategy.values())
            .map(each -> "  %s  %s%n      on %s%n".formatted(each, each.mechanism(), stacks(each)));
    Stream<String> drains =
        Stream.of(DrainKind.values())
            .map(each -> "  V5 --drain %d  %s%n".formatted(each.number(), each.mechanism()));
    return Stream.concat(strategies, drains).collect(Collectors.joining()).stripTrailing();
  }

  private static String stacks(Strategy strategy) {
    return strategy.stacks().stream().map(Stack::label).collect(Collectors.joining(", "));
  }
}
