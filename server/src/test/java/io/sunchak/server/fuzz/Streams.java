package io.sunchak.server.fuzz;

import io.sunchak.server.fuzz.FuzzStream.End;
import io.sunchak.server.fuzz.FuzzStream.Exchange;
import io.sunchak.server.fuzz.FuzzStream.Follows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes one byte stream from whole requests: as they are, cut, garbled, or with one among them that
 * must be refused. The same seed makes the same stream.
 */
final class Streams {
  /** In the id of each user whose request stands in a body. */
  static final String SMUGGLED = "smuggled";

  private static final int MOST_REQUESTS = 6;
  private static final String LIMIT = "{\"limit\":1,";
  private static final String DRY_RUN = "\"dryRun\":true}";
  private static final List<String> RUBBISH =
      List.of(
          "\r\n",
          "\r\n\r\n",
          "\n",
          "\r",
          "\0",
          "\u00FF",
          " ",
          "\t",
          ":",
          "%",
          "0\r\n\r\n",
          "Content-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\n",
          "x".repeat(9_000));

  private final long seed;
  private final Dice dice;
  private final String issue;
  private final List<Exchange> whole = new ArrayList<>();

  /** Streams about a campaign that is open to everybody. */
  private Streams(long seed, String campaign) {
    this.seed = seed;
    dice = new Dice(seed);
    issue = "POST /api/v1/campaigns/" + campaign + "/issues HTTP/1.1\r\nHost: a\r\n";
    String view = " /api/v1/campaigns/" + campaign + " HTTP/1.1\r\nHost: a\r\n\r\n";
    String user = Tokens.user("streamer-" + dice.below(50)) + "\r\n";
    List<Exchange> kinds =
        List.of(
            new Exchange("GET", "GET" + view, Set.of(200)),
            new Exchange("GET", "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", Set.of(404)),
            new Exchange("POST", issue + user + "\r\n", Set.of(200, 202)),
            new Exchange("POST", issue + "\r\n", Set.of(401)),
            new Exchange("POST", issue + user + "Content-Length: 2\r\n\r\n{}", Set.of(400)),
            new Exchange("POST", replayByLength(), Set.of(200)),
            new Exchange("POST", replayInChunks(), Set.of(200)));
    for (int i = dice.below(MOST_REQUESTS); i >= 0; i--) {
      whole.add(dice.any(kinds));
    }
  }

  static FuzzStream of(long seed, String campaign) {
    Streams draft = new Streams(seed, campaign);
    return switch (draft.dice.below(8)) {
      case 0 -> draft.whole();
      case 1 -> draft.cut();
      case 2 -> draft.tooLong();
      case 3, 4 -> draft.garbled();
      default -> draft.smuggling();
    };
  }

  /** Counts the failures, and changes nothing. */
  private static String replayHead() {
    return "POST /api/v1/admin/failures/replay HTTP/1.1\r\nHost: a\r\n"
        + Tokens.admin("fuzz-admin-streams")
        + "\r\n";
  }

  private static String replayByLength() {
    int length = (LIMIT + DRY_RUN).length();
    return replayHead() + "Content-Length: " + length + "\r\n\r\n" + LIMIT + DRY_RUN;
  }

  private static String replayInChunks() {
    return replayHead()
        + "Transfer-Encoding: chunked\r\n\r\n%x;x=y\r\n%s\r\n%X\r\n%s\r\n0\r\nX: y\r\n\r\n"
            .formatted(LIMIT.length(), LIMIT, DRY_RUN.length(), DRY_RUN);
  }

  private static Exchange last() {
    String wire = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    return new Exchange("GET", wire, Set.of(404));
  }

  private FuzzStream whole() {
    String view = whole.getFirst().wire();
    if (view.startsWith("GET")) {
      whole.add(
          new Exchange("HEAD", view.replaceFirst("GET", "HEAD"), whole.getFirst().statuses()));
    }
    whole.add(last());
    return stream("whole", wire(), listening(), Follows.NOTHING, whole.size());
  }

  private FuzzStream cut() {
    whole.add(last());
    String wire = wire();
    int at = dice.below(wire.length());
    while (wire().length() > at) {
      whole.removeLast();
    }
    // Behind an answer, silence is an idle connection, which the server bears for a minute.
    boolean idle = !whole.isEmpty() && at == wire().length();
    End end = idle ? End.HALF_CLOSE : end();
    return stream("cut", wire.substring(0, at), end, Follows.REFUSAL, whole.size() + 1);
  }

  private FuzzStream tooLong() {
    String much = "y".repeat(dice.any(List.of(17_000, 40_000, 200_000)));
    String harmful =
        switch (dice.below(5)) {
          case 0 -> "GET /" + much + " HTTP/1.1\r\nHost: a\r\n\r\n";
          case 1 -> issue + "X: " + much + "\r\n\r\n";
          case 2 -> issue + "X: y\r\n".repeat(much.length() / 4) + "\r\n";
          case 3 -> much;
          default -> "GET / HTTP/1.1\r\nHost: a\r\n" + much + ": y\r\n\r\n";
        };
    return refused("too long", harmful);
  }

  private FuzzStream smuggling() {
    String smuggled = issue + Tokens.user(SMUGGLED + "-" + seed) + "\r\n\r\n";
    String head =
        dice.any(
            List.of(
                issue + Tokens.user("streamer-0") + "\r\n",
                replayHead(),
                "GET /api/v1/demo HTTP/1.1\r\nHost: a\r\n"));
    String framing = dice.any(dice.oneIn(3) ? Framings.CHUNKS : Framings.LENGTHS);
    String length = Integer.toString(smuggled.length());
    return refused("smuggling", head + framing.replace("<n>", length) + smuggled);
  }

  private FuzzStream refused(String kind, String harmful) {
    String wire = wire() + harmful + last().wire();
    return stream(kind, wire, end(), Follows.REFUSAL, whole.size() + 1);
  }

  /**
   * Nothing is known of what its requests are from the first change on; each answer needs one that
   * says what HTTP it is.
   */
  private FuzzStream garbled() {
    StringBuilder wire = new StringBuilder(wire());
    int unharmed = wire.length();
    for (int changes = 1 + dice.below(4); changes > 0; changes--) {
      unharmed = Math.min(unharmed, garble(wire));
    }
    while (wire().length() > unharmed) {
      whole.removeLast();
    }
    String all = wire + last().wire();
    return stream("garbled", all, end(), Follows.ANYTHING, all.split("HTTP/1\\.", -1).length);
  }

  /** Where the change begins. */
  private int garble(StringBuilder wire) {
    int at = dice.below(wire.length());
    int end = Math.min(wire.length(), at + 1 + dice.below(40));
    switch (dice.below(5)) {
      case 0 -> wire.setCharAt(at, (char) dice.below(256));
      case 1 -> wire.setCharAt(at, (char) (wire.charAt(at) ^ 1 << dice.below(8)));
      case 2 -> wire.replace(at, end, "x".repeat(dice.below(2)));
      case 3 -> wire.insert(at, wire.substring(at, end));
      default -> wire.insert(at, dice.any(RUBBISH));
    }
    return at;
  }

  private String wire() {
    return whole.stream().map(Exchange::wire).collect(Collectors.joining());
  }

  private End end() {
    return dice.oneIn(8) ? End.RESET : listening();
  }

  private End listening() {
    return dice.oneIn(4) ? End.WAIT : End.HALF_CLOSE;
  }

  private FuzzStream stream(String kind, String wire, End end, Follows follows, int most) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int cuts = dice.below(8); cuts > 0 && from < wire.length(); cuts--) {
      int to = from + dice.below(wire.length() - from + 1);
      parts.add(wire.substring(from, to));
      from = to;
    }
    parts.add(wire.substring(from));
    return new FuzzStream(seed, kind, parts, end, List.copyOf(whole), follows, most);
  }
}
