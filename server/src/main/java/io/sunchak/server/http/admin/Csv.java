package io.sunchak.server.http.admin;

import io.sunchak.core.Coupon;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.FailureLedger.Kept;
import io.sunchak.core.ledger.RedemptionLedger.Status;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes coupons and failures as CSV (RFC 4180), with a byte-order mark, without which spreadsheets
 * guess the encoding.
 *
 * <p>No library on the class path writes CSV, and quoting is its smaller half: see {@link #cell}.
 */
final class Csv {
  static final String HEADER = "\uFEFFsequence,userId,acceptedAt,issuedAt,state\r\n";
  static final String FAILURE_HEADER =
      "\uFEFFid,campaignId,sequence,userId,acceptedAt,reason,state,attempts,firstAt,lastAt\r\n";

  /**
   * An apostrophe, or the beginning of a formula, also behind blanks and in full width; or a
   * boolean.
   */
  private static final Pattern MARKED =
      Pattern.compile("^\\s*['=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20]|^(?i:true|false)$");

  /** A whole number that every spreadsheet shows unchanged. */
  private static final Pattern SHORT_NUMBER = Pattern.compile("0|[1-9][0-9]{0,10}");

  /** A text with a digit and only such letters as occur in numbers, dates and times. */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?isU)(?=.*\\d)(?:[^a-z]|(?<=\\d[ .]?)(?:[edtzap]|[ap]m|st|nd|rd|th)(?![a-z])"
              + "|(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
              + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z]))*+");

  private static final Pattern QUOTED = Pattern.compile("[,;\t\"\r\n]|^ | $");

  private Csv() {}

  static String lines(List<Status> coupons) {
    StringBuilder text = new StringBuilder(coupons.size() * 80);
    for (Status status : coupons) {
      Coupon coupon = status.coupon();
      text.append(coupon.sequence())
          .append(',')
          .append(cell(coupon.user()))
          .append(',')
          .append(coupon.acceptedAt())
          .append(',')
          .append(coupon.issuedAt())
          .append(',')
          .append(status.state())
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
              cell(FailureId.of(failure).toString()),
              cell(failure.campaign().value()),
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
   * Writes a text as a cell that spreadsheets do not interpret. An apostrophe is put before
   * formulas (OWASP, CSV injection), numbers with leading zeros or more digits than are shown,
   * dates, times and booleans, and before a text that begins with an apostrophe. So a reader that
   * removes one leading apostrophe gets every original text. Characters that end a cell in some
   * locale are quoted.
   */
  static String cell(String text) {
    String safe = isReadOtherwise(text) ? "'" + text : text;
    return QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static boolean isReadOtherwise(String text) {
    return MARKED.matcher(text).find()
        || (VALUE.matcher(text).matches() && !SHORT_NUMBER.matcher(text).matches());
  }
}
