package io.sunchak.bench.report;

import io.sunchak.bench.report.Result.Counts;
import io.sunchak.bench.report.Result.Speeds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sentences about a result that charts, tables and the verdict share. */
final class Phrases {
  static final Text ACCEPTED = Text.of("accepted/s", "초당 접수");
  static final Text REFUSED = Text.of("refused/s", "초당 거절");
  static final Text OF_CEILING = Text.of("of the ceiling", "상한 대비");

  private Phrases() {}

  /**
   * What the judge holds against it, in a few words: the coupons too many, else what the first
   * violation amounts to.
   */
  static Text violation(Result result) {
    Counts counts = result.counts();
    if (counts.tooMany() > 0) {
      return Text.format(
          "✕ %1$s of %2$s: %3$s too many",
          "✕ 수량 %2$s장에 %1$s장 발급: %3$s장 초과",
          Numbers.count(Objects.requireNonNull(counts.coupons())),
          Numbers.count(Objects.requireNonNull(counts.stock())),
          Numbers.count(counts.tooMany()));
    }
    if (result.violations().isEmpty()) {
      return result.violated() ? Text.of("✕ violated", "✕ 위반") : Text.NONE;
    }
    return Text.same("✕ ").join("", inShort(result.violations().getFirst()));
  }

  /**
   * What went wrong where a promise is named that we know, else the beginning of what is written.
   */
  private static Text inShort(String violation) {
    return switch (violation.split("\\W", 2)[0]) {
      case "I1" -> Text.of("I1: more coupons than stock", "I1: 초과 발급");
      case "I2" -> Text.of("I2: two coupons for one user", "I2: 중복 발급");
      case "I3" -> Text.of("I3: an accepted coupon lost", "I3: 수락한 발급 유실");
      case "I4" -> Text.of("I4: a coupon nobody asked for", "I4: 요청 없는 발급");
      case "I5" -> Text.of("I5: not in order of arrival", "I5: 선착순 어긋남");
      case "I6" -> Text.of("I6: accepted after sold out", "I6: 소진 안내 뒤 발급");
      case "I7" -> Text.of("I7: a number skipped or unsold", "I7: 빈 순번 또는 미달 발급");
      default -> Text.same(Fit.cut(violation, 27));
    };
  }

  /** The coupons too many, and of each broken promise the first that the judge wrote. */
  static Text allViolations(Result result) {
    Map<String, String> firstOfEach = new LinkedHashMap<>();
    result.violations().forEach(one -> firstOfEach.putIfAbsent(one.split(" ", 2)[0], one));
    Text written = Text.same(String.join("; ", firstOfEach.values()));
    if (result.counts().tooMany() > 0 || written.isEmpty()) {
      return violation(result).map(t -> t.substring(2)).join(" · ", written);
    }
    return written;
  }

  static Text judge(Result result) {
    return switch (result.judge()) {
      case OK -> Text.of("✓ right", "✓ 정상");
      case VIOLATED -> Text.of("✕ violated", "✕ 위반");
      case NONE -> Text.same("–");
    };
  }

  /** A rate, with a sign where the generator and not the target was the limit. */
  static Text rate(@Nullable Double rate, Result result) {
    if (rate == null) {
      return Text.NONE;
    }
    return Text.same((result.generatorBound() ? "≥ " : "") + Numbers.rate(rate));
  }

  static Text share(@Nullable Double ratio) {
    return ratio == null ? Text.NONE : Text.same(Numbers.share(ratio));
  }

  static Text variant(String variant) {
    String trimmed = variant.strip();
    if (trimmed.matches("\\d{1,12}")) {
      return Text.same(Numbers.axis(Double.parseDouble(trimmed)));
    }
    if (trimmed.matches("\\d+ nodes?")) {
      String count = trimmed.substring(0, trimmed.indexOf(' '));
      return Text.of(trimmed, count + "대");
    }
    if (trimmed.matches("\\d{1,3} ?%")) {
      return Text.format("at %s of its peak", "최대치의 %s", trimmed);
    }
    return Text.same(variant);
  }

  /** Label of a result, with its variant where it has one. */
  static Text name(Result result) {
    return result.legend().named().join(" · ", variant(result.key().variant()));
  }

  private static Text between(Text facts, @Nullable Range range) {
    return range == null ? facts : facts.join(" ", range.text().map(ends -> "(" + ends + ")"));
  }

  /** All that is known of a result, for who points at it. */
  static Text tip(Result result) {
    Text facts = name(result).join(" · ", Text.same(result.key().experiment()));
    if (result.violated()) {
      return facts.join("\n", violation(result));
    }
    Speeds speeds = result.speeds();
    facts = fact(facts, "%s accepted/s", "초당 접수 %s건", speeds.accepted());
    facts = between(facts, speeds.acceptedRange());
    facts = fact(facts, "%s refused/s", "초당 거절 %s건", speeds.refused());
    facts = between(facts, speeds.refusedRange());
    facts = fact(facts, "%s rows stored/s", "초당 발급 처리 %s행", speeds.stored());
    if (speeds.ceilingRatio() != null) {
      String share = Numbers.share(speeds.ceilingRatio());
      facts = facts.join("\n", Text.format("%s of the ceiling", "상한의 %s", share));
    }
    facts =
        millis(
            facts,
            "accepted: p50 %s ms, p99 %s ms",
            "접수: p50 %s ms, p99 %s ms",
            result.latency().p50(),
            result.latency().p99());
    facts =
        millis(
            facts,
            "refused: p50 %s ms, p99 %s ms",
            "거절: p50 %s ms, p99 %s ms",
            result.latency().refusedP50(),
            result.latency().refusedP99());
    if (result.generatorBound()) {
      facts = facts.join("\n", Text.of("the load generator was the limit", "부하 생성기가 한계였음"));
    }
    return facts.join("\n", judgeFact(result));
  }

  private static Text judgeFact(Result result) {
    return result.judge() == Judgement.OK ? Text.of("judge: right", "심판: 정상") : Text.NONE;
  }

  private static Text fact(Text facts, String en, String ko, @Nullable Double value) {
    return value == null ? facts : facts.join("\n", Text.format(en, ko, Numbers.rate(value)));
  }

  private static Text millis(
      Text facts, String en, String ko, @Nullable Double p50, @Nullable Double p99) {
    if (p50 == null || p99 == null) {
      return facts;
    }
    return facts.join("\n", Text.format(en, ko, Numbers.millis(p50), Numbers.millis(p99)));
  }
}
