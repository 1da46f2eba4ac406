package io.sunchak.server.http.campaigns;

import io.sunchak.core.CampaignId;
import io.sunchak.server.campaigns.CampaignBoard.Shown;
import io.sunchak.server.http.Answers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.DigestUtils;

/**
 * Campaigns as JSON. Everything but the server's time is written once for each state and number of
 * coupons. Keeps one view a campaign. Thread-safe.
 */
final class WrittenViews {
  /** The bytes around the server's time, which is the last field. */
  private static final int AFTER_THE_TIME = "\"}".length();

  private final Map<CampaignId, Written> views = new ConcurrentHashMap<>();

  /** One view with its ETag. */
  static final class Written {
    private final Shown shown;
    private final String state;
    private final String tag;
    private final String beforeTheTime;

    private Written(Shown shown, String state, Instant now) {
      this.shown = shown;
      this.state = state;
      this.tag = tagOf(look(shown, now));
      String json =
          new String(
              Answers.bytes(CampaignView.shown(shown.campaign(), shown.issued(), now)),
              StandardCharsets.UTF_8);
      this.beforeTheTime =
          json.substring(0, json.length() - AFTER_THE_TIME - now.toString().length());
    }

    private boolean shows(Shown other, String otherState) {
      return shown.equals(other) && state.equals(otherState);
    }

    String tag() {
      return tag;
    }

    byte[] json(Instant now) {
      return (beforeTheTime + now + "\"}").getBytes(StandardCharsets.UTF_8);
    }
  }

  /** The view of this moment. */
  Written of(Shown shown, Instant now) {
    String state = CampaignView.state(shown.campaign(), shown.issued(), now);
    Written last = views.get(shown.campaign().id());
    if (last != null && last.shows(shown, state)) {
      return last;
    }
    Written written = new Written(shown, state, now);
    views.put(shown.campaign().id(), written);
    return written;
  }

  /** Everything that can differ between two answers, except the server's time. */
  static String look(Shown shown, Instant now) {
    return "%s %d %d %s;"
        .formatted(
            shown.campaign().id(),
            shown.campaign().version(),
            shown.issued(),
            CampaignView.state(shown.campaign(), shown.issued(), now));
  }

  static String tagOf(String look) {
    return "W/\"" + DigestUtils.md5DigestAsHex(look.getBytes(StandardCharsets.UTF_8)) + '"';
  }

  /** Whether one of the values of If-None-Match names this tag, in any form. */
  static boolean isKnown(Iterable<String> ifNoneMatch, String tag) {
    for (String tags : ifNoneMatch) {
      if (tags.strip().equals("*") || tags.contains(tag.substring(2))) {
        return true;
      }
    }
    return false;
  }
}
