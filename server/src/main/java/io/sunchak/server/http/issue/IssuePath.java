package io.sunchak.server.http.issue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Matches {@code /api/v1/campaigns/{id}/issues} in a request's target. A path with escapes or
 * parameters is matched as WebFlux's routing does; only such a path costs more than a comparison.
 */
final class IssuePath {
  private static final String PREFIX = "/api/v1/campaigns/";
  private static final String SUFFIX = "/issues";
  private static final List<String> SCHEMES = List.of("http://", "https://");

  private IssuePath() {}

  /**
   * The text in the place of the campaign's id, which may be no valid id; null if the path does not
   * match.
   */
  static @Nullable String campaign(String target) {
    String path = path(target);
    boolean plain = path.indexOf('%') < 0 && path.indexOf(';') < 0;
    String routed = plain ? path : routed(path);
    boolean ours =
        routed.startsWith(PREFIX)
            && routed.endsWith(SUFFIX)
            && routed.length() > PREFIX.length() + SUFFIX.length()
            && routed.indexOf('/', PREFIX.length()) == routed.length() - SUFFIX.length();
    return ours ? routed.substring(PREFIX.length(), routed.length() - SUFFIX.length()) : null;
  }

  /**
   * The path of a target, which may be an absolute URL, as some proxies send it (RFC 9112, 3.2.2).
   */
  private static String path(String target) {
    int start = target.startsWith("/") ? 0 : afterAuthority(target);
    int query = target.indexOf('?', start);
    return target.substring(start, query < 0 ? target.length() : query);
  }

  private static int afterAuthority(String target) {
    for (String scheme : SCHEMES) {
      if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
        int slash = target.indexOf('/', scheme.length());
        int query = target.indexOf('?', scheme.length());
        return slash < 0 || (query >= 0 && query < slash) ? target.length() : slash;
      }
    }
    return target.length();
  }

  /** The segments without parameters and escapes; empty if routing would not match the path. */
  private static String routed(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      int parameters = segment.indexOf(';');
      String name = parameters < 0 ? segment : segment.substring(0, parameters);
      try {
        String decoded = StringUtils.uriDecode(name, StandardCharsets.UTF_8);
        if (decoded.indexOf('/') >= 0) {
          return "";
        }
        segments.add(decoded);
      } catch (IllegalArgumentException noEscape) {
        return "";
      }
    }
    return String.join("/", segments);
  }
}
