package io.sunchak.server.api;

import io.sunchak.core.Coupon;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.FailureLedger.Kept;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Coupons and failures as CSV (RFC 4180), with a byte-order mark, for spreadsheets that would else
 * guess the encoding.
 */
final class Csv {
  static final String HEADER = "\uFEFFsequence,userId,acceptedAt,issuedAt\r\n";
  static final String FAILURE_HEADER =
      "\uFEFFid,campaignId,sequence,userId,acceptedAt,reason,state,attempts,firstAt,lastAt\r\n";

  private Csv() {}

  static String lines(List<Coupon> coupons) {
    StringBuilder text = new StringBuilder(coupons.size() * 80);
    for (Coupon coupon : coupons) {
      text.append(coupon.sequence())
          .append(',')
          .append(cell(coupon.user()))
          .append(',')
          .append(coupon.acceptedAt())
          .append(',')
          .append(coupon.issuedAt())
          .append("\r\n");
    }
    return text.toString();
  }

  static String failures(List<Kept> failures) {
    StringBuilder text = new StringBuilder(failures.size() * 200);
    for (Kept kept : failures) {
      Failure failure = kept.failure();
      List<Object> cells =
          List.of(
              FailureId.of(failure),
              failure.campaign(),
              failure.sequence(),
              cell(failure.user()),
              failure.acceptedAt(),
              cell(failure.reason()),
              failure.state(),
              kept.attempts(),
              kept.firstAt(),
              kept.lastAt());
      text.append(
          cells.stream().map(Object::toString).collect(Collectors.joining(",", "", "\r\n")));
    }
    return text.toString();
  }

  /**
   * A cell that a spreadsheet would take for a formula is defused by an apostrophe (OWASP, CSV
   * injection).
   */
  static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quoted = safe.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
