package io.sunchak.bench.report;

/** The experiments in the order of the page: what each asks, in a line. */
enum Experiment {
  SEED_600("seed-600", "600 coupons, far more users", "쿠폰 600장에 몰린 사용자"),
  ACCEPT("accept", "Endless stock, everybody is accepted", "수량이 끝이 없어 모두 접수"),
  MIXED("mixed", "Winners, repeats and latecomers mixed", "당첨자·재요청·늦은 사용자가 섞임"),
  SOLD_OUT("sold-out", "Nothing left, everybody is refused", "수량이 소진된 뒤, 모두 거절"),
  LATENCY("latency", "Open loop at a share of each one's peak", "각자의 최대치 대비 일정 비율로 개방형 부하"),
  DRAIN("drain", "A backlog moves into the ledger", "쌓인 발급 대기를 원장으로"),
  SCALE("scale", "Cost of accepting as a campaign grows", "캠페인이 커질 때의 접수 비용"),
  COLD("cold", "10,000 users in one second, nobody served before", "한 번도 요청을 받지 않은 서버에 1초 동안 1만 명"),
  FCFS_20K("fcfs-20k", "20,000 at once, 10,000 coupons", "동시 2만 명, 쿠폰 1만 장"),
  FCFS_40K("fcfs-40k", "40,000 at once, 10,000 coupons", "동시 4만 명, 쿠폰 1만 장"),
  NODES("nodes", "One, two, three server nodes", "서버 노드 1·2·3대");

  private final String id;
  private final String en;
  private final String ko;

  Experiment(String id, String en, String ko) {
    this.id = id;
    this.en = en;
    this.ko = ko;
  }

  String id() {
    return id;
  }

  Text title() {
    return Text.of(en, ko);
  }

  static Text titleOf(String id) {
    for (Experiment experiment : values()) {
      if (experiment.id.equals(id)) {
        return experiment.title();
      }
    }
    return Text.NONE;
  }
}
