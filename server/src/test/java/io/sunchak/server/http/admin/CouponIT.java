package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The ledger as an operator reads it. */
@ExtendWith(ServerExtension.class)
class CouponIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void pages_of_the_ledger_follow_each_other_in_order_of_arrival(Api api) {
    issueAll(api, "paged", IntStream.rangeClosed(1, 25).mapToObj(i -> "u" + i).toList());
    List<Long> seen = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String cursor = "";
    while (cursor != null && sizes.size() < 10) {
      JsonNode page =
          api.admin(Call.get(Api.ADMIN + "/paged/issues?limit=10" + cursor)).is(200).json();
      page.path("items").forEach(item -> seen.add(item.path("sequence").asLong()));
      sizes.add(page.path("items").size());
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asString();
    }

    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 25).boxed().toList());
    assertThat(sizes).containsExactly(10, 10, 5);
  }

  @Test
  void the_csv_is_streamed_and_holds_every_row_in_order(Api api) {
    List<String> users = IntStream.rangeClosed(1, 5_000).mapToObj(i -> "u" + i).toList();
    issueAll(api, "five-thousand", users);

    Answer csv = api.admin(Call.get(Api.ADMIN + "/five-thousand/issues.csv")).is(200);

    assertThat(csv.header("Content-Length")).as("not gathered first").isNull();
    assertThat(csv.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"five-thousand-issues.csv\"");
    List<String> lines = csv.text().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("\uFEFFsequence,userId,acceptedAt,issuedAt,state");
    assertThat(csv.text().split("\r\n", 0)).hasSize(5_001);
    assertThat(lines.stream().skip(1).map(line -> line.split(",", -1)[0]))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 5_000).mapToObj(String::valueOf).toList());
    assertThat(lines.stream().skip(1).map(line -> line.split(",", -1)[1]))
        .containsExactlyInAnyOrderElementsOf(users);
    assertThat(lines.get(1))
        .matches("1,u\\d+,\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z,\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z,ISSUED");
  }

  @Test
  void a_user_id_that_a_spreadsheet_would_run_is_defused(Api api) {
    List<String> users =
        List.of("=1+1", "+1", "-1", "@SUM(A1)", "a=1", "a,b", "\"quoted\"", "=\"x\",1");
    issueAll(api, "formulas", users);

    List<String> lines =
        api.admin(Call.get(Api.ADMIN + "/formulas/issues.csv")).is(200).text().lines().toList();

    assertThat(
            lines.stream()
                .skip(1)
                .map(line -> line.replaceFirst("^\\d+,(.*),[^,]*,[^,]*,ISSUED$", "$1")))
        .containsExactlyInAnyOrder(
            "'=1+1",
            "'+1",
            "'-1",
            "'@SUM(A1)",
            "a=1",
            "\"a,b\"",
            "\"\"\"quoted\"\"\"",
            "\"'=\"\"x\"\",1\"");
  }

  @Test
  void an_empty_ledger_is_a_header_alone(Api api) {
    api.create("nobody-yet", 1);

    assertThat(api.admin(Call.get(Api.ADMIN + "/nobody-yet/issues.csv")).is(200).text())
        .isEqualTo("\uFEFFsequence,userId,acceptedAt,issuedAt,state\r\n");
    JsonNode page = api.admin(Call.get(Api.ADMIN + "/nobody-yet/issues")).is(200).json();
    assertThat(page.path("items")).isEmpty();
    assertThat(page.path("next").isNull()).isTrue();
  }

  /** Not by HTTP: this is about reading. */
  private static void issueAll(Api api, String campaign, List<String> users) {
    api.create(campaign, users.size());
    CouponIssuer issuer = api.server().bean(CouponIssuer.class);
    CampaignId id = new CampaignId(campaign);
    CompletableFuture.allOf(
            users.stream()
                .map(user -> issuer.issue(new IssueRequest(id, new UserId(user))))
                .map(stage -> stage.toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
    String last = Api.ADMIN + "/" + campaign + "/issues?cursor=" + (users.size() - 1);
    await()
        .atMost(PATIENCE)
        .until(() -> api.admin(Call.get(last)).json().path("items").size() == 1);
  }
}
