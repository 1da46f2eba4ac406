package io.sunchak.lab.web;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.lab.node.LabNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The ledger, as pages and as CSV. */
record LedgerCalls(LabNode node) {
  private static final int CHUNK = 10_000;

  CompletionStage<Answer> page(Call call) {
    CampaignId id = call.campaign();
    int limit = call.limit();
    return exists(id)
        .thenCompose(found -> node.ledger().page(id, call.afterSequence(), limit))
        .thenApply(page -> {
          String next = page.size() < limit ? null : Long.toString(page.getLast().sequence());
          List<Map<String, Object>> items = page.stream().map(LedgerCalls::view).toList();
          return Answer.json(200, CampaignCalls.paged(items, next));
        });
  }

  private static Map<String, Object> view(Coupon coupon) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sequence", coupon.sequence());
    view.put("userId", coupon.user());
    view.put("acceptedAt", coupon.acceptedAt().toString());
    view.put("issuedAt", coupon.issuedAt().toString());
    return view;
  }

  CompletionStage<Answer> csv(Call call) {
    CampaignId id = call.campaign();
    StringBuilder text = new StringBuilder("\uFEFFsequence,userId,acceptedAt,issuedAt\r\n");
    return exists(id)
        .thenCompose(found -> append(text, id, 0))
        .thenApply(whole ->
            new Answer(200, Map.of("Cache-Control", "no-store"), whole.toString())
                .as("text/csv;charset=UTF-8")
                .with("Content-Disposition", "attachment; filename=\"" + id + "-issues.csv\""));
  }

  private CompletionStage<StringBuilder> append(StringBuilder text, CampaignId id, long after) {
    return node.ledger()
        .page(id, after, CHUNK)
        .thenCompose(page -> {
          page.forEach(coupon -> line(text, coupon));
          return page.size() < CHUNK
              ? CompletableFuture.completedFuture(text)
              : append(text, id, page.getLast().sequence());
        });
  }

  private static void line(StringBuilder text, Coupon coupon) {
    text.append(coupon.sequence()).append(',').append(cell(coupon.user())).append(',');
    text.append(coupon.acceptedAt()).append(',').append(coupon.issuedAt()).append("\r\n");
  }

  /** Escaped where a spreadsheet would take it for a formula (OWASP, CSV injection). */
  private static String cell(String text) {
    String safe = "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quoted = safe.indexOf(',') >= 0 || safe.indexOf('"') >= 0;
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private CompletionStage<Boolean> exists(CampaignId id) {
    return node.ledger()
        .find(id)
        .thenApply(found -> {
          if (found.isEmpty()) {
            throw Problem.of(Code.CAMPAIGN_NOT_FOUND);
          }
          return true;
        });
  }
}
