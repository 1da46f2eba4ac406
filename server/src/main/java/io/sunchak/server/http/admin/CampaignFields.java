package io.sunchak.server.http.admin;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Codes;
import io.sunchak.core.Eligibility;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.Validity;
import io.sunchak.server.http.BodyFields;
import io.sunchak.server.http.IsoDuration;
import io.sunchak.server.http.Rfc3339;
import io.sunchak.server.http.VisibleText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a campaign from a request's JSON. A field of a wrong type ends in MALFORMED; all values
 * that are not allowed end together in INVALID.
 */
final class CampaignFields {
  private static final int NAME_LENGTH = 200;
  private static final Set<String> CHANGEABLE =
      Set.of(
          "name",
          "totalStock",
          "opensAt",
          "closesAt",
          "codes",
          "couponValidFrom",
          "couponValidUntil",
          "couponValidFor",
          "eligibility");
  private static final Set<String> READ =
      Set.of(
          "id",
          "name",
          "state",
          "totalStock",
          "remaining",
          "opensAt",
          "closesAt",
          "codes",
          "couponValidFrom",
          "couponValidUntil",
          "couponValidFor",
          "eligibility",
          "serverTime",
          "version",
          "issued");
  private static final Set<String> BY_ITSELF = Set.of("SCHEDULED", "OPEN", "SOLD_OUT");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final BodyFields body;
  private final boolean canMakeCodes;

  private CampaignFields(BodyFields body, boolean canMakeCodes) {
    this.body = body;
    this.canMakeCodes = canMakeCodes;
  }

  /**
   * A new campaign: {@code totalStock: null} is unlimited; codes, validity and eligibility may be
   * left out.
   *
   * @param canMakeCodes whether there is a key, without which no campaign has codes
   */
  static Campaign create(byte[] body, boolean canMakeCodes) {
    Set<String> fields = new HashSet<>(CHANGEABLE);
    fields.add("id");
    CampaignFields read = new CampaignFields(new BodyFields(body, fields), canMakeCodes);
    String id = read.text("id", null);
    if (!CampaignId.isValid(id)) {
      read.body.error("id", "must match ^[a-z0-9][a-z0-9-]{0,63}$");
    }
    if (!read.body.has("totalStock")) {
      read.body.error("totalStock", "is needed: a number, or null for unlimited");
    }
    String name = read.name(null);
    Stock stock = read.stock(Stock.unlimited());
    IssueWindow window = read.window(null);
    Codes codes = read.codes(Codes.NONE);
    Validity validity = read.validity(Validity.ALWAYS);
    Eligibility eligibility = read.eligibility(null);
    read.body.refuseErrors();
    return new Campaign(
        new CampaignId(id),
        name,
        stock,
        window,
        CampaignState.ACTIVE,
        codes,
        validity,
        eligibility,
        1);
  }

  /**
   * Returns {@code before} with the fields that are present. A client may also send the whole
   * campaign as it was read; then it contains {@code version}.
   *
   * @param shown the state that a reader sees
   */
  static Campaign merge(byte[] body, Campaign before, String shown, boolean canMakeCodes) {
    CampaignFields read = new CampaignFields(new BodyFields(body, READ), canMakeCodes);
    if (read.body.has("version")) {
      read.refuseOtherThan(before, shown);
    } else {
      read.body.refuseAllBut(CHANGEABLE);
    }
    String name = read.name(before.name());
    Stock stock = read.stock(before.stock());
    IssueWindow window = read.window(before.window());
    Codes codes = read.codes(before.codes());
    Validity validity = read.validity(before.validity());
    Eligibility eligibility = read.eligibility(before.eligibility());
    read.body.refuseErrors();
    return new Campaign(
        before.id(),
        name,
        stock,
        window,
        before.state(),
        codes,
        validity,
        eligibility,
        before.version());
  }

  /**
   * Fields that only other calls change must have their current value, because a change of them
   * would be ignored. The state may have changed by itself since it was read, and the count of
   * issued coupons nearly always has.
   */
  private void refuseOtherThan(Campaign before, String shown) {
    Long version = body.within("version", Long.MAX_VALUE);
    if (version == null || version != before.version()) {
      body.error("version", "must be the version to be changed, or absent");
    }
    if (!text("id", before.id().value()).equals(before.id().value())) {
      body.error("id", "cannot be changed");
    }
    String state = text("state", shown);
    boolean movedOn = before.state() == CampaignState.ACTIVE && BY_ITSELF.contains(state);
    if (!state.equals(shown) && !movedOn) {
      body.error("state", "is changed by the calls pause, resume and close");
    }
  }

  private String name(@Nullable String otherwise) {
    String name = text("name", otherwise);
    if (!VisibleText.is(name, NAME_LENGTH)) {
      body.error("name", VisibleText.rule(NAME_LENGTH));
    }
    return name;
  }

  private Stock stock(Stock otherwise) {
    JsonNode value = body.value("totalStock");
    if (value == null) {
      return otherwise;
    }
    if (value.isNull()) {
      return Stock.unlimited();
    }
    Long total = body.within("totalStock", Stock.MAX);
    if (total == null) {
      body.error("totalStock", "must be between 1 and " + Stock.MAX + ", or null for unlimited");
      return otherwise;
    }
    return Stock.of(total);
  }

  private IssueWindow window(@Nullable IssueWindow otherwise) {
    Instant opens = instant("opensAt", otherwise == null ? null : otherwise.opensAt());
    Instant closes = instant("closesAt", otherwise == null ? null : otherwise.closesAt());
    if (!closes.isAfter(opens)) {
      body.error("closesAt", "must be after opensAt");
      return new IssueWindow(EARLIEST, LATEST);
    }
    return new IssueWindow(opens, closes);
  }

  private Instant instant(String field, @Nullable Instant otherwise) {
    if (otherwise != null && !body.has(field)) {
      return otherwise;
    }
    Instant fallback = field.equals("opensAt") ? EARLIEST : LATEST;
    Instant read = parsed(field, text(field, null), otherwise);
    return read == null ? fallback : read;
  }

  private Codes codes(Codes otherwise) {
    if (!body.has("codes")) {
      return otherwise;
    }
    String name = text("codes", null);
    Codes codes = name.equals("GENERATED") ? Codes.GENERATED : Codes.NONE;
    if (!codes.name().equals(name)) {
      body.error("codes", "must be NONE or GENERATED");
    } else if (codes != Codes.NONE && codes != otherwise && !canMakeCodes) {
      body.error("codes", "need a key: this server has none (sunchak.codes.keys)");
    }
    return codes;
  }

  private Validity validity(Validity otherwise) {
    Instant from = optional("couponValidFrom", otherwise.from());
    Instant until = optional("couponValidUntil", otherwise.until());
    Duration lasting = duration("couponValidFor", otherwise.lasting());
    if (until != null && lasting != null) {
      body.error("couponValidFor", "must be null where couponValidUntil is not: there is one end");
      return otherwise;
    }
    if (from != null && until != null && !until.isAfter(from)) {
      body.error("couponValidUntil", "must be after couponValidFrom");
      return otherwise;
    }
    return new Validity(from, until, lasting);
  }

  private @Nullable Eligibility eligibility(@Nullable Eligibility otherwise) {
    JsonNode value = body.value("eligibility");
    if (value == null) {
      return otherwise;
    }
    return value.isNull() ? null : EligibilityField.read(value, body);
  }

  private @Nullable Instant optional(String field, @Nullable Instant otherwise) {
    JsonNode value = body.value(field);
    if (value == null) {
      return otherwise;
    }
    return value.isNull() ? null : parsed(field, BodyFields.string(field, value), otherwise);
  }

  private @Nullable Duration duration(String field, @Nullable Duration otherwise) {
    JsonNode value = body.value(field);
    if (value == null) {
      return otherwise;
    }
    if (value.isNull()) {
      return null;
    }
    try {
      return IsoDuration.parse(BodyFields.string(field, value));
    } catch (DateTimeException e) {
      body.error(field, String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  /** Null if it is not allowed. */
  private @Nullable Instant parsed(String field, String text, @Nullable Instant otherwise) {
    try {
      Instant exact = Rfc3339.parse(text);
      if (exact.equals(otherwise)) {
        return exact;
      }
      Instant read = exact.truncatedTo(ChronoUnit.MILLIS);
      if (!read.isBefore(EARLIEST) && !read.isAfter(LATEST)) {
        return read;
      }
      body.error(field, "must lie between " + EARLIEST + " and " + LATEST);
    } catch (DateTimeException e) {
      body.error(field, String.valueOf(e.getMessage()));
    }
    return null;
  }

  private String text(String field, @Nullable String otherwise) {
    JsonNode value = body.value(field);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if (value == null) {
      body.error(field, "is needed");
      return "";
    }
    return BodyFields.string(field, value);
  }
}
