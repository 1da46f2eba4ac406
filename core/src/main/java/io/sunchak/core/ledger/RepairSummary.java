package io.sunchak.core.ledger;

import io.sunchak.core.ledger.Drift.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The findings of one resync in a few figures. The full list can have an entry for each user of a
 * campaign. Immutable.
 *
 * @param counts how many entries of each kind that was found
 * @param missing how many users may be missing; empty if all holders are known
 * @param nodes the nodes that did not hand over all promises, in order, at most {@value #NODES}
 */
public record RepairSummary(Map<Kind, Long> counts, Optional<Missing> missing, List<String> nodes) {
  private static final int NODES = 10;

  /**
   * Users whose issue was accepted and whose names are not known.
   *
   * @param upTo at most so many, by the nodes' reports; 0 if the only sign is that a node did not
   *     hand over
   * @param after the holders of all numbers up to this one are known
   */
  public record Missing(long upTo, long after) {}

  /**
   * The entries of one kind.
   *
   * @param settled the lowest number in the ledger
   * @param claimed the highest claimed number
   */
  public record Tally(long count, long settled, long claimed) {
    private static final Tally NONE = new Tally(0, Long.MAX_VALUE, 0);

    private Tally and(Drift drift) {
      return new Tally(
          count + 1, Math.min(settled, drift.settled()), Math.max(claimed, drift.claimed()));
    }
  }

  /** Summarises a resync's whole list. */
  public static RepairSummary of(List<Drift> drift) {
    Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    drift.forEach(
        one -> tallies.put(one.kind(), tallies.getOrDefault(one.kind(), Tally.NONE).and(one)));
    return of(
        tallies, drift.stream().filter(one -> one.kind().isOfNode()).map(Drift::user).toList());
  }

  /**
   * Summarises counts that were made elsewhere.
   *
   * @param nodes the nodes that entries name
   */
  public static RepairSummary of(Map<Kind, Tally> tallies, List<String> nodes) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    tallies.forEach((kind, tally) -> counts.put(kind, tally.count()));
    return new RepairSummary(
        Map.copyOf(counts),
        missing(tallies),
        nodes.stream().distinct().sorted().limit(NODES).toList());
  }

  /**
   * Counts the numbers without a known holder, and those above the last known one that a node had
   * seen given.
   */
  private static Optional<Missing> missing(Map<Kind, Tally> tallies) {
    Tally voided = tallies.getOrDefault(Kind.VOIDED, Tally.NONE);
    Tally unaccounted = tallies.getOrDefault(Kind.UNACCOUNTED, Tally.NONE);
    Tally silent = tallies.getOrDefault(Kind.SILENT, Tally.NONE);
    if (voided.count() + unaccounted.count() + silent.count() == 0) {
      return Optional.empty();
    }
    // A moved user took one of these numbers, the lowest first; the number's own holder may be
    // missing too.
    Tally moved = tallies.getOrDefault(Kind.MOVED, Tally.NONE);
    long beyond = Math.max(0, unaccounted.claimed() - unaccounted.settled());
    long after =
        LongStream.of(
                voided.settled() - 1, moved.settled() - 1, unaccounted.settled(), silent.settled())
            .min()
            .orElseThrow();
    return Optional.of(new Missing(voided.count() + moved.count() + beyond, after));
  }

  public long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** Whether something is left that only an operator can settle. */
  public boolean needsPerson() {
    return counts.keySet().stream().anyMatch(Kind::needsPerson);
  }
}
