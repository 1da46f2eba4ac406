package io.sunchak.bench.report;

import java.util.List;

/** The words a reader needs, at the end of the page. */
final class ReadingGuide {
  private record Entry(Text word, Text meaning) {}

  private static final List<Entry> ENTRIES =
      List.of(
          entry(
              "Accepted",
              "접수",
              "The user has a coupon and a number, on disk before the answer goes out (V6). Refusals are never among them.",
              "사용자가 쿠폰과 선착 순번을 받은 것. V6은 디스크에 기록한 뒤에 답한다. 거절은 여기에 들어가지 않는다."),
          entry(
              "Ceiling",
              "상한",
              "What this machine can do at most: a bare Netty server that reads and answers the same request, the reserve script called"
                  + " directly on Redis, and rows written straight into the ledger's table.",
              "이 머신이 낼 수 있는 최대치. 같은 요청을 읽고 답하기만 하는 Netty 서버, Redis에서 직접 호출한 발급 스크립트, 원장 테이블에 바로 넣은 행."),
          entry(
              "Judge",
              "심판",
              "Reads what every user was told and what the ledger holds, and checks I1 no oversell, I2 no duplicate, I3 no loss, I4 no phantom,"
                  + " I5 order, I6 sold out is final, I7 no gap.",
              "사용자들이 들은 답과 원장의 내용을 대조한다. I1 초과 발급 없음, I2 중복 없음, I3 유실 없음, I4 유령 발급 없음, I5 순서, I6 소진은 번복되지 않음, I7 빈 순번 없음."),
          entry(
              "≥",
              "≥",
              "The load generator was the limit; the target may be faster.",
              "부하 생성기가 먼저 한계에 닿았다. 대상은 더 빠를 수 있다."),
          entry(
              "Open loop",
              "개방형 부하",
              "Requests leave on schedule whether or not the last was answered; latency counts from the schedule. At full load (closed loop) each"
                  + " connection waits for its answer.",
              "앞선 답과 무관하게 정해진 시각에 요청을 보내고 그 시각부터 잰다. 최대 부하(폐쇄형)에서는 연결마다 답을 기다린 뒤 다음을 보낸다."),
          entry(
              "A kill loses",
              "죽이면 유실",
              "The server is killed (kill -9) while it drains, then started again: accepted coupons that never reach the ledger.",
              "발급 처리 도중 서버를 kill -9로 죽이고 다시 띄운 뒤에도 끝내 원장에 들어가지 못한, 이미 접수된 쿠폰."));

  private ReadingGuide() {}

  static String html() {
    StringBuilder html = new StringBuilder("<section id=\"reading\"><h2>");
    html.append(Markup.html(Text.of("How to read this", "읽는 법")))
        .append("</h2>\n<dl class=\"reading\">\n");
    for (Entry entry : ENTRIES) {
      html.append(
          "<dt>%s</dt><dd>%s</dd>\n"
              .formatted(Markup.html(entry.word()), Markup.html(entry.meaning())));
    }
    return html.append("</dl></section>\n").toString();
  }

  private static Entry entry(String en, String ko, String meaningEn, String meaningKo) {
    return new Entry(Text.of(en, ko), Text.of(meaningEn, meaningKo));
  }
}
