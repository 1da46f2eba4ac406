package io.sunchak.bench.report;

import io.sunchak.bench.report.Figure.Section;
import java.util.ArrayList;
import java.util.List;

/** The page's sections in order; one without any figure is left out. */
record Sections(Findings findings) {
  static final String OTHERS = "others";

  List<Section> all() {
    ThroughputFigures rates = new ThroughputFigures(findings);
    LatencyFigures latency = new LatencyFigures(findings);
    RedisFigures redis = new RedisFigures(findings);
    CurveFigures curves = new CurveFigures(findings);
    List<Section> sections = new ArrayList<>();
    add(
        sections,
        "count",
        Text.of("Is the count right?", "발급 수가 맞는가"),
        Text.of(
            "Speed counts only when the number of coupons is right. One judge reads the ledger after every run.",
            "발급 수가 맞을 때만 속도에 의미가 있다. 실행이 끝날 때마다 같은 심판이 원장을 읽고 판정한다."),
        List.of(rates.counts(Experiment.SEED_600)));
    add(
        sections,
        "accepting",
        Text.of("Accepting", "접수"),
        Text.of(
            "Coupons accepted a second, beside a bare server that reads and answers the same request and stores nothing.",
            "초당 접수한 쿠폰 수. 같은 요청을 읽고 답하기만 하는 빈 서버와 나란히 놓았다."),
        List.of(
            rates.accepted(Experiment.ACCEPT),
            rates.accepted(Experiment.MIXED),
            rates.accepted(Experiment.SEED_600)));
    add(
        sections,
        "refusing",
        Text.of("Refusing", "거절"),
        Text.of(
            "Refusals are work of their own and never counted as accepted.",
            "거절은 별도의 일이며 접수에 넣어 세지 않는다."),
        List.of(rates.refused(Experiment.SOLD_OUT), rates.refused(Experiment.MIXED)));
    add(
        sections,
        "latency",
        Text.of("Latency", "지연 시간"),
        Text.of("Milliseconds until the answer, on a logarithmic axis.", "답까지 걸린 시간(밀리초), 로그 축."),
        List.of(
            latency.of(
                Experiment.LATENCY,
                Text.of(
                    "Open loop: counted from the moment at which the request was due.",
                    "개방형 부하: 요청을 보냈어야 할 시각부터 잰다.")),
            latency.of(Experiment.COLD, Text.NONE),
            latency.of(
                Experiment.ACCEPT,
                Text.of("At full load: mostly waiting in line.", "최대 부하: 대부분 줄에서 기다린 시간이다.")),
            latency.of(
                Experiment.SOLD_OUT,
                Text.of("At full load: mostly waiting in line.", "최대 부하: 대부분 줄에서 기다린 시간이다."))));
    add(
        sections,
        "stock",
        Text.of("Remaining stock", "남은 수량"),
        Text.NONE,
        List.of(
            curves.remaining(
                Text.of("seed-600 · remaining of 600 coupons", "seed-600 · 쿠폰 600장의 남은 수량"),
                Experiment.SEED_600),
            curves.remaining(
                Text.of(
                    "fcfs-20k, fcfs-40k · remaining of 10,000 coupons",
                    "fcfs-20k, fcfs-40k · 쿠폰 1만 장의 남은 수량"),
                Experiment.FCFS_20K,
                Experiment.FCFS_40K)));
    add(
        sections,
        "drain",
        Text.of("Into the ledger", "원장으로"),
        Text.of(
            "Accepted is a promise, stored is the coupon. What is killed in between must not lose one.",
            "접수는 약속이고 저장이 쿠폰이다. 그 사이에 죽더라도 하나도 잃지 말아야 한다."),
        List.of(curves.drains()));
    add(
        sections,
        "growth",
        Text.of("As it grows", "커질 때"),
        Text.of(
            "Does accepting cost more with millions already issued, and what do more nodes bring?",
            "이미 수백만 장을 발급했으면 접수가 느려지는가, 노드를 늘리면 얼마나 빨라지는가."),
        List.of(
            rates.variants(Experiment.SCALE, Text.of("already issued", "이미 발급됨")),
            rates.variants(Experiment.NODES, Text.of("on one machine", "한 머신 위에서"))));
    add(
        sections,
        OTHERS,
        Text.of("Beside others", "다른 시스템과 나란히"),
        Text.of(
            "10,000 coupons, everybody at once, one request each. Hardware and method differ: read the order of magnitude.",
            "쿠폰 1만 장, 모두가 동시에 한 번씩 요청. 장비와 방법이 서로 다르니 자릿수만 보라."),
        List.of(new HeadToHead(findings).figures()));
    add(
        sections,
        "redis",
        Text.of("What Redis is asked", "Redis가 하는 일"),
        Text.of(
            "Commands and round trips a request: what V3, V4 and V6 are meant to save.",
            "요청 하나에 드는 명령과 왕복. V3, V4, V6가 줄이려는 것이 이것이다."),
        List.of(redis.of(Experiment.ACCEPT), redis.of(Experiment.SOLD_OUT)));
    return sections;
  }

  /** Experiments of which these results hold nothing. */
  List<Experiment> absent() {
    return java.util.Arrays.stream(Experiment.values()).filter(e -> !findings.has(e.id())).toList();
  }

  private static void add(
      List<Section> sections, String id, Text title, Text reading, List<List<Figure>> figures) {
    List<Figure> all = figures.stream().flatMap(List::stream).toList();
    if (!all.isEmpty()) {
      sections.add(new Section(id, title, reading, all));
    }
  }
}
