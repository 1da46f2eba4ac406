package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A published figure of another system: its authors' own claim, on their hardware, by their method.
 */
record Rival(
    String name,
    String how,
    Text users,
    @Nullable Double acceptedPerSecond,
    double storedPerSecond,
    String percentile,
    Text machine,
    Text remark) {

  static List<Rival> all() {
    List<Rival> rivals = new ArrayList<>();
    for (JsonNode node : Json.MAPPER.readTree(Style.resource("rivals.json"))) {
      rivals.add(of(node));
    }
    return rivals;
  }

  private static Rival of(JsonNode node) {
    Long users = Json.whole(node, "users");
    return new Rival(
        Json.stringOr(node, "name", "?"),
        Json.stringOr(node, "how", ""),
        users == null ? Text.NONE : Text.format("%s users", "%s명", Numbers.count(users)),
        Json.number(node, "acceptedPerSecond"),
        Objects.requireNonNull(Json.number(node, "storedPerSecond")),
        percentile(node),
        Text.of(Json.stringOr(node, "machine", ""), Json.stringOr(node, "machineKo", "")),
        Text.of(Json.stringOr(node, "remark", ""), Json.stringOr(node, "remarkKo", "")));
  }

  private static String percentile(JsonNode node) {
    Double p99 = Json.number(node, "p99Ms");
    Double p95 = Json.number(node, "p95Ms");
    if (p99 == null) {
      return p95 == null ? "" : "p95 " + Numbers.axisMillis(p95);
    }
    return Numbers.axisMillis(p99);
  }

  /** What they did on what, in full, for below the chart. */
  static String table() {
    StringBuilder html =
        new StringBuilder("<div class=\"scroll rivals\" role=\"region\" tabindex=\"0\"");
    html.append(Markup.attribute("aria-label", Text.of("Published figures", "발표된 수치")))
        .append("><table>\n<thead><tr>");
    Text[] heads = {
      Text.of("system", "시스템"),
      Text.of("users at once", "동시 사용자"),
      Phrases.ACCEPTED,
      Text.of("stored/s", "초당 저장"),
      Text.same("p99"),
      Text.of("how, on what", "방식과 장비")
    };
    for (Text head : heads) {
      boolean words = head.equals(heads[heads.length - 1]);
      html.append(
          "<th scope=\"col\" class=\"%s\">%s</th>"
              .formatted(words ? "words" : "", Markup.html(head)));
    }
    html.append("</tr></thead>\n<tbody>\n");
    all().forEach(rival -> rival.row(html));
    return html.append("</tbody></table></div>\n").toString();
  }

  private void row(StringBuilder html) {
    Text what = Text.same(how).join(" · ", machine).join(" · ", remark);
    html.append(
        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"words\">%s</td></tr>\n"
            .formatted(
                Markup.escape(name),
                Markup.html(users),
                acceptedPerSecond == null ? "" : Numbers.rate(acceptedPerSecond),
                Numbers.rate(storedPerSecond),
                percentile,
                Markup.html(what)));
  }
}
