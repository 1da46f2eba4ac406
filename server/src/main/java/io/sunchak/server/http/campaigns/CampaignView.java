package io.sunchak.server.http.campaigns;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Eligibility;
import io.sunchak.core.Validity;
import io.sunchak.server.http.IsoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as it is shown. Its state is derived from the operator's decision, the window, and the
 * number of given coupons.
 */
public final class CampaignView {
  private CampaignView() {}

  static Map<String, Object> shown(Campaign campaign, long issued, Instant now) {
    Map<String, Object> view = new LinkedHashMap<>();
    Long total = campaign.stock().total();
    view.put("id", campaign.id().value());
    view.put("name", campaign.name());
    view.put("state", state(campaign, issued, now));
    view.put("totalStock", total);
    view.put("remaining", total == null ? null : Math.max(0, total - issued));
    view.put("opensAt", campaign.window().opensAt().toString());
    view.put("closesAt", campaign.window().closesAt().toString());
    view.put("eligibility", view(campaign.eligibility()));
    view.put("serverTime", now.toString());
    return view;
  }

  public static Map<String, Object> administered(Campaign campaign, long issued, Instant now) {
    Map<String, Object> view = shown(campaign, issued, now);
    Validity validity = campaign.validity();
    Duration lasting = validity.lasting();
    view.put("codes", campaign.codes().name());
    view.put("couponValidFrom", text(validity.from()));
    view.put("couponValidUntil", text(validity.until()));
    view.put("couponValidFor", lasting == null ? null : IsoDuration.write(lasting));
    view.put("version", campaign.version());
    view.put("issued", issued);
    return view;
  }

  private static @Nullable Map<String, Object> view(@Nullable Eligibility eligibility) {
    if (eligibility == null) {
      return null;
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("claim", eligibility.claim());
    view.put("in", eligibility.in());
    return view;
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  /**
   * Checked in the same order as in the reserve script, so that the shown state matches the
   * answers.
   */
  public static String state(Campaign campaign, long issued, Instant now) {
    if (campaign.state() != CampaignState.ACTIVE) {
      return campaign.state().name();
    }
    if (issued == 0 && now.isBefore(campaign.window().opensAt())) {
      return "SCHEDULED";
    }
    if (!now.isBefore(campaign.window().closesAt())) {
      return "CLOSED";
    }
    return campaign.stock().covers(issued + 1) ? "OPEN" : "SOLD_OUT";
  }
}
