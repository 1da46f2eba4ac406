package io.sunchak.server.api;

import io.sunchak.core.Coupon;
import java.util.List;

/**
 * Coupons as CSV (RFC 4180), with a byte-order mark, for spreadsheets that would else guess the
 * encoding.
 */
final class Csv {
  static final String HEADER = "\uFEFFsequence,userId,acceptedAt,issuedAt\r\n";

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

  /**
   * A cell that a spreadsheet would take for a formula is defused by an apostrophe (OWASP, CSV
   * injection).
   */
  static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quoted = safe.indexOf(',') >= 0 || safe.indexOf('"') >= 0;
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
