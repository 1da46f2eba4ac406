package io.sunchak.core.ledger;

import io.sunchak.core.ledger.Drift.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What one resync found, in the few figures that a person needs; the list itself can have an entry
 * for each user of a campaign. Immutable.
 *
 * @param counts how many of each kind that was found
 * @param missing who may be missing; empty when everybody is known
 * @param nodes those whose promises did not all come, in order, at most {@value #NODES}
 */
public record RepairSummary(Map<Kind, Long> counts, Optional<Missing> missing, List<String> nodes) {
  private static final int NODES = 10;

  /**
   * Acknowledged users whom nobody can name.
   *
   * @param upTo how many, as far as nodes had told; 0 when only a node's silence speaks for it
   * @param after up to this number every holder is known
   */
  public record Missing(long upTo, long after) {}

  /**
   * The entries of one kind.
   *
   * @param settled the lowest number that they were settled at
   * @param claimed the highest that was claimed
   */
  public record Tally(long count, long settled, long claimed) {
    private static final Tally NONE = new Tally(0, Long.MAX_VALUE, 0);

    private Tally and(Drift drift) {
      return new Tally(
          count + 1, Math.min(settled, drift.settled()), Math.max(claimed, drift.claimed()));
    }
  }

  /** Of a resync's whole list. */
  public static RepairSummary of(List<Drift> drift) {
    Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    drift.forEach(
        one -> tallies.put(one.kind(), tallies.getOrDefault(one.kind(), Tally.NONE).and(one)));
    return of(
        tallies, drift.stream().filter(one -> one.kind().isOfNode()).map(Drift::user).toList());
  }

  /**
   * Of a list that was tallied elsewhere.
   *
   * @param nodes whom the entries about nodes name
   */
  public static RepairSummary of(Map<Kind, Tally> tallies, List<String> nodes) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    tallies.forEach((kind, tally) -> counts.put(kind, tally.count()));
    return new RepairSummary(
        Map.copyOf(counts),
        missing(tallies),
        nodes.stream().distinct().sorted().limit(NODES).toList());
  }

  /** Nobody's numbers, and those that a node had seen given beyond the last one. */
  private static Optional<Missing> missing(Map<Kind, Tally> tallies) {
    Tally voided = tallies.getOrDefault(Kind.VOIDED, Tally.NONE);
    Tally unaccounted = tallies.getOrDefault(Kind.UNACCOUNTED, Tally.NONE);
    Tally silent = tallies.getOrDefault(Kind.SILENT, Tally.NONE);
    if (voided.count() + unaccounted.count() + silent.count() == 0) {
      return Optional.empty();
    }
    // Who was moved took one of these numbers, lowest first: its own holder may be missing, too.
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

  /** Whether something is left that only a person can settle. */
  public boolean needsPerson() {
    return counts.keySet().stream().anyMatch(Kind::needsPerson);
  }
}
