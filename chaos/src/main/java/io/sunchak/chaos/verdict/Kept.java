package io.sunchak.chaos.verdict;

import io.sunchak.judge.Held;
import java.util.List;
import java.util.Map;

/**
 * What both sides hold of a campaign, read past the servers.
 *
 * @param rows the ledger's coupons
 * @param failures its failures, void ones included
 * @param findings what resyncs listed
 * @param issued Redis' holders
 * @param sequence the highest number that Redis has given
 * @param cursor how far the drain has come
 */
public record Kept(
    List<Held> rows,
    List<Held> failures,
    List<Finding> findings,
    Map<String, Long> issued,
    long sequence,
    long cursor) {

  /** An entry of the repairs: the kind's name, and a user or a node. */
  public record Finding(String kind, String user, long claimed, long settled) {}
}
