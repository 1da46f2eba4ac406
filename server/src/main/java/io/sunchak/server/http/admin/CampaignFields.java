package io.sunchak.server.http.admin;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Problem.FieldError;
import io.sunchak.server.http.ProblemException;
import io.sunchak.server.http.Rfc3339;
import io.sunchak.server.http.StrictJson;
import io.sunchak.server.http.VisibleText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a campaign from a request's JSON. A field of a wrong type ends in MALFORMED; all values
 * that are not allowed end together in INVALID.
 */
final class CampaignFields {
  private static final int NAME_LENGTH = 200;
  private static final Set<String> CHANGEABLE = Set.of("name", "totalStock", "opensAt", "closesAt");
  private static final Set<String> READ =
      Set.of(
          "id",
          "name",
          "state",
          "totalStock",
          "remaining",
          "opensAt",
          "closesAt",
          "serverTime",
          "version",
          "issued");
  private static final Set<String> BY_ITSELF = Set.of("SCHEDULED", "OPEN", "SOLD_OUT");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final ObjectNode json;
  private final List<FieldError> errors = new ArrayList<>();

  private CampaignFields(byte[] body, Set<String> fields) {
    this.json = StrictJson.read(body, fields);
  }

  /** A new campaign: every field is needed; {@code totalStock: null} is unlimited. */
  static Campaign create(byte[] body) {
    CampaignFields fields =
        new CampaignFields(body, Set.of("id", "name", "totalStock", "opensAt", "closesAt"));
    String id = fields.text("id", null);
    if (!CampaignId.isValid(id)) {
      fields.error("id", "must match ^[a-z0-9][a-z0-9-]{0,63}$");
    }
    if (!fields.json.has("totalStock")) {
      fields.error("totalStock", "is needed: a number, or null for unlimited");
    }
    String name = fields.name(null);
    Stock stock = fields.stock(Stock.unlimited());
    IssueWindow window = fields.window(null);
    fields.refuseErrors();
    return new Campaign(new CampaignId(id), name, stock, window, CampaignState.ACTIVE, 1);
  }

  /**
   * Returns {@code before} with the fields that are present. A client may also send the whole
   * campaign as it was read; then it contains {@code version}.
   *
   * @param shown the state that a reader sees
   */
  static Campaign merge(byte[] body, Campaign before, String shown) {
    CampaignFields fields = new CampaignFields(body, READ);
    if (fields.json.has("version")) {
      fields.refuseOtherThan(before, shown);
    } else {
      StrictJson.refuseUnknown(fields.json, CHANGEABLE);
    }
    String name = fields.name(before.name());
    Stock stock = fields.stock(before.stock());
    IssueWindow window = fields.window(before.window());
    fields.refuseErrors();
    return new Campaign(before.id(), name, stock, window, before.state(), before.version());
  }

  /**
   * Fields that only other calls change must have their current value, because a change of them
   * would be ignored. The state may have changed by itself since it was read, and the count of
   * issued coupons nearly always has.
   */
  private void refuseOtherThan(Campaign before, String shown) {
    Long version = StrictJson.number("version", json.path("version"), Long.MAX_VALUE);
    if (version == null || version != before.version()) {
      error("version", "must be the version to be changed, or absent");
    }
    if (!text("id", before.id().value()).equals(before.id().value())) {
      error("id", "cannot be changed");
    }
    String state = text("state", shown);
    boolean movedOn = before.state() == CampaignState.ACTIVE && BY_ITSELF.contains(state);
    if (!state.equals(shown) && !movedOn) {
      error("state", "is changed by the calls pause, resume and close");
    }
  }

  private String name(@Nullable String otherwise) {
    String name = text("name", otherwise);
    if (!VisibleText.is(name, NAME_LENGTH)) {
      error("name", VisibleText.rule(NAME_LENGTH));
    }
    return name;
  }

  private Stock stock(Stock otherwise) {
    JsonNode value = json.get("totalStock");
    if (value == null) {
      return otherwise;
    }
    if (value.isNull()) {
      return Stock.unlimited();
    }
    Long total = StrictJson.number("totalStock", value, Stock.MAX);
    if (total == null) {
      error("totalStock", "must be between 1 and " + Stock.MAX + ", or null for unlimited");
      return otherwise;
    }
    return Stock.of(total);
  }

  private IssueWindow window(@Nullable IssueWindow otherwise) {
    Instant opens = instant("opensAt", otherwise == null ? null : otherwise.opensAt());
    Instant closes = instant("closesAt", otherwise == null ? null : otherwise.closesAt());
    if (!closes.isAfter(opens)) {
      error("closesAt", "must be after opensAt");
      return new IssueWindow(EARLIEST, LATEST);
    }
    return new IssueWindow(opens, closes);
  }

  private Instant instant(String field, @Nullable Instant otherwise) {
    if (otherwise != null && !json.has(field)) {
      return otherwise;
    }
    Instant fallback = field.equals("opensAt") ? EARLIEST : LATEST;
    String text = text(field, null);
    try {
      Instant exact = Rfc3339.parse(text);
      if (exact.equals(otherwise)) {
        return exact;
      }
      Instant read = exact.truncatedTo(ChronoUnit.MILLIS);
      if (!read.isBefore(EARLIEST) && !read.isAfter(LATEST)) {
        return read;
      }
      error(field, "must lie between " + EARLIEST + " and " + LATEST);
    } catch (DateTimeException e) {
      error(field, String.valueOf(e.getMessage()));
    }
    return fallback;
  }

  private String text(String field, @Nullable String otherwise) {
    JsonNode value = json.get(field);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if (value == null) {
      error(field, "is needed");
      return "";
    }
    if (!value.isString()) {
      throw StrictJson.malformed(field + " must be a string");
    }
    return value.stringValue();
  }

  private void error(String field, String rule) {
    if (errors.stream().noneMatch(e -> e.field().equals(field))) {
      errors.add(new FieldError(field, rule));
    }
  }

  private void refuseErrors() {
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.invalid(errors));
    }
  }
}
