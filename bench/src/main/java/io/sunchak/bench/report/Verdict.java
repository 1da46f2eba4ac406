package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reader should know after five seconds: one sentence, one more, and the figures behind
 * them.
 */
record Verdict(
    boolean wrong, Text before, Text emphasis, Text after, Text detail, List<Tile> tiles) {

  /** A figure with its name and a line below it. */
  record Tile(Text name, Text value, Text unit, Text under, boolean bad) {}

  static Verdict of(Findings findings) {
    List<Result> broken =
        findings.results().stream()
            .filter(r -> r.key().target().equals(Legend.PRODUCT) && r.violated())
            .toList();
    List<Tile> tiles = new VerdictTiles(findings).all();
    if (!broken.isEmpty()) {
      Result first = broken.getFirst();
      return new Verdict(
          true,
          Text.of("The product ", "제품이 "),
          Text.format(
              "broke its promise in %s", "%s에서 약속을 어겼다", Text.same(first.key().experiment())),
          Text.same("."),
          Phrases.violation(first),
          tiles);
    }
    Optional<Result> product = findings.find(Legend.PRODUCT, Experiment.ACCEPT.id());
    Double rate = product.map(r -> r.speeds().accepted()).orElse(null);
    if (rate == null) {
      return unmeasured(tiles);
    }
    return new Verdict(
        false,
        Text.of("The product accepts ", "제품은 "),
        Text.format("%s coupons a second", "초당 %s건을 접수", Numbers.rate(rate)),
        right(findings)
            ? Text.of(", and every count is right.", "하고, 발급 수는 모두 정확하다.")
            : Text.of(".", "한다."),
        detail(findings, product.orElseThrow(), rate),
        tiles);
  }

  /** Only what a judge has looked at may be called right. */
  private static boolean right(Findings findings) {
    List<Result> own =
        findings.results().stream().filter(r -> r.key().target().equals(Legend.PRODUCT)).toList();
    return own.stream().allMatch(r -> r.judge() == Judgement.OK);
  }

  private static Verdict unmeasured(List<Tile> tiles) {
    return new Verdict(
        false,
        Text.of("What the strategies reach ", "각 방식이 "),
        Text.of("on this machine", "이 머신에서"),
        Text.of(".", " 내는 성능."),
        Text.of("These results hold no accepting rate of the product.", "이 결과에는 제품의 접수 속도가 없다."),
        tiles);
  }

  private static Text detail(Findings findings, Result product, double rate) {
    Text detail = Text.NONE;
    Optional<Result> next = fastestOther(findings);
    if (next.isPresent()) {
      double ratio = rate / Objects.requireNonNull(next.get().speeds().accepted());
      Text label = next.get().legend().label();
      detail =
          ratio >= 1
              ? Text.format(
                  "That is %s times as many as %s, the fastest of the seed's versions.",
                  "시드의 버전 중 가장 빠른 %2$s의 %1$s배다.", Numbers.times(ratio), label)
              : Text.format(
                  "%2$s is faster here: the product reaches %1$s of its rate.",
                  "여기서는 %2$s가 더 빠르다. 제품은 그 %1$s에 머문다.", Numbers.share(ratio), label);
    }
    @Nullable Double ceiling = product.speeds().ceilingRatio();
    if (ceiling != null) {
      detail =
          detail.join(
              " ",
              Text.format(
                  "A bare server that stores nothing is the ceiling; the product reaches %s of it, each coupon on disk before the answer.",
                  "아무것도 저장하지 않는 빈 서버가 상한이며, 제품은 쿠폰을 디스크에 기록한 뒤에 답하면서 그 %s에 이른다.",
                  Numbers.share(ceiling)));
    }
    return detail;
  }

  static Optional<Result> fastestOther(Findings findings) {
    List<Result> others = new ArrayList<>();
    for (Result result : findings.of(Experiment.ACCEPT.id())) {
      if (result.legend().kind() == Legend.Kind.STRATEGY && result.speeds().accepted() != null) {
        others.add(result);
      }
    }
    return others.stream()
        .max(Comparator.comparingDouble(r -> Objects.requireNonNull(r.speeds().accepted())));
  }
}
