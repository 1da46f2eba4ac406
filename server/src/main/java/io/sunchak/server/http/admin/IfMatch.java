package io.sunchak.server.http.admin;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The versions in an If-Match header (RFC 9110, 13.1.1). Proxies that compress an answer make its
 * tag weak ({@code W/"1"}, nginx) or add a suffix ({@code "1-gzip"}, Apache). Such a tag is
 * accepted as the same version, because it identifies the campaign and not the bytes of an answer.
 * Any other tag matches no version.
 *
 * <p>Spring's {@code ETag.parse} skips what it does not understand, and takes {@code w/"1"} and
 * {@code "1"1"} for version 1.
 *
 * @param any {@code *}: any version
 */
record IfMatch(boolean any, Set<Long> versions) {
  private static final String CODED = "(?:[-;]{1,2}(?:gzip|br|zstd|deflate))?";
  private static final Pattern TAG =
      Pattern.compile("(?:W/)?\"([1-9][0-9]{0,17})" + CODED + "\"" + CODED);
  private static final Pattern MEMBER = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+");

  /** Parses all lines of the header, which together form one list. */
  static IfMatch of(List<String> lines) {
    Set<String> members =
        lines.stream()
            .flatMap(line -> MEMBER.matcher(line).results())
            .map(MatchResult::group)
            .map(String::strip)
            .collect(Collectors.toSet());
    Set<Long> versions =
        members.stream()
            .map(TAG::matcher)
            .filter(Matcher::matches)
            .map(tag -> Long.valueOf(tag.group(1)))
            .collect(Collectors.toSet());
    return new IfMatch(members.equals(Set.of("*")), versions);
  }

  boolean matches(long version) {
    return any || versions.contains(version);
  }
}
