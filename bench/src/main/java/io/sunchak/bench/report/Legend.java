package io.sunchak.bench.report;

import java.util.List;

/**
 * What is measured: how it is labelled, what it is in a few words, and where it stands in every
 * chart.
 */
record Legend(String id, Text label, Text what, Kind kind, int order) {

  /** The sort of thing a target is; charts set them apart. */
  enum Kind {
    STRATEGY("The seed's versions", "시드의 버전"),
    DRAIN("The seed's drains", "시드의 발급 처리"),
    PRODUCT("The product", "제품"),
    CEILING("Ceilings of this machine", "이 머신의 상한"),
    OTHER("Others", "그 밖");

    private final String en;
    private final String ko;

    Kind(String en, String ko) {
      this.en = en;
      this.ko = ko;
    }

    Text title() {
      return Text.of(en, ko);
    }
  }

  static final String PRODUCT = "V6";
  static final String BARE_SERVER = "ceiling-netty";

  private static final List<Legend> ALL =
      List.of(
          strategy("V1", "distributed lock · servlet", "분산락 · 서블릿"),
          strategy("V2", "check, then add; no lock · servlet", "락 없이 검사 후 등록 · 서블릿"),
          strategy("V3", "one Lua script · servlet", "Lua 스크립트 하나 · 서블릿"),
          strategy("V3-reactive", "one Lua script · reactive", "Lua 스크립트 하나 · 리액티브"),
          strategy("V4", "local cache + script · servlet", "로컬 캐시 + 스크립트 · 서블릿"),
          strategy("V4-virtual", "V4 on virtual threads", "V4, 가상 스레드"),
          strategy("V4-reactive", "local cache + script · reactive", "로컬 캐시 + 스크립트 · 리액티브"),
          strategy("V5", "V4 without a blocking call", "블로킹 호출을 모두 없앤 V4"),
          drain("drain-1", "parallel, pops after success", "병렬, 성공한 뒤 꺼냄"),
          drain("drain-2", "parallel, removes from the back", "병렬, 뒤에서부터 삭제"),
          drain("drain-3", "marks, then rebuilds the list", "삭제 표시 후 리스트 재구성"),
          drain("drain-4", "pops first, keeps failures", "먼저 꺼내고 실패는 보관"),
          new Legend(
              PRODUCT,
              Text.same("V6"),
              Text.of("the product: grouped script, log", "제품: 묶음 스크립트 + 발급 대기 큐"),
              Kind.PRODUCT,
              0),
          ceiling(BARE_SERVER, "Bare Netty", "reads and answers, no more", "읽고 답하기만 함"),
          ceiling("ceiling-redis-single", "Redis", "the script, one call a user", "스크립트, 1명씩 호출"),
          ceiling("ceiling-redis-grouped", "Redis", "the script, in groups", "스크립트, 묶음 호출"),
          ceiling("ceiling-unnest", "PostgreSQL", "INSERT … unnest", "INSERT … unnest"),
          ceiling("ceiling-copy", "PostgreSQL", "COPY", "COPY"));

  /** The target of that name; an unknown one comes last, under its own name. */
  static Legend of(String id) {
    for (int i = 0; i < ALL.size(); i++) {
      Legend known = ALL.get(i);
      if (known.id.equals(id)) {
        return new Legend(known.id, known.label, known.what, known.kind, i);
      }
    }
    return new Legend(id, Text.same(id), Text.NONE, Kind.OTHER, ALL.size());
  }

  /** How it moves what it accepted into the ledger; a drain's description says so already. */
  Text drainsBy() {
    if (id.equals(PRODUCT)) {
      return Text.of("in order, in batches", "순서대로, 묶음으로");
    }
    if (id.equals("V5")) {
      return Text.of("every 10 s, in parallel", "10초마다 병렬로");
    }
    return kind == Kind.STRATEGY ? Text.of("every 1 s, one by one", "1초마다 하나씩") : what;
  }

  /** Label and description in one, for sentences and lists. */
  Text named() {
    return kind == Kind.CEILING ? label.join(" · ", what) : label;
  }

  private static Legend strategy(String label, String en, String ko) {
    return new Legend(label, Text.same(label), Text.of(en, ko), Kind.STRATEGY, 0);
  }

  private static Legend drain(String id, String en, String ko) {
    Text label = Text.same(id.replace('-', ' '));
    return new Legend(id, label, Text.of(en, ko), Kind.DRAIN, 0);
  }

  private static Legend ceiling(String id, String label, String en, String ko) {
    return new Legend(id, Text.same(label), Text.of(en, ko), Kind.CEILING, 0);
  }
}
