package io.sunchak.bench.report;

import java.util.function.UnaryOperator;

/** The same words in English and in Korean. Plain text: whoever writes it out escapes it. */
record Text(String en, String ko) {
  static final Text NONE = same("");

  static Text of(String en, String ko) {
    return new Text(en, ko);
  }

  /** Numbers, names and labels that are the same in both. */
  static Text same(String both) {
    return new Text(both, both);
  }

  /**
   * Both patterns filled; an argument that is itself a {@code Text} appears in the pattern's
   * language.
   */
  static Text format(String en, String ko, Object... arguments) {
    return new Text(en.formatted(in(Text::en, arguments)), ko.formatted(in(Text::ko, arguments)));
  }

  private static Object[] in(
      java.util.function.Function<Text, String> language, Object... arguments) {
    Object[] chosen = arguments.clone();
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i] instanceof Text text) {
        chosen[i] = language.apply(text);
      }
    }
    return chosen;
  }

  boolean isSame() {
    return en.equals(ko);
  }

  boolean isEmpty() {
    return en.isEmpty() && ko.isEmpty();
  }

  Text map(UnaryOperator<String> change) {
    return new Text(change.apply(en), change.apply(ko));
  }

  /** This, the separator and the other; just the one that is not empty when the other is. */
  Text join(String separator, Text other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    return new Text(en + separator + other.en, ko + separator + other.ko);
  }
}
