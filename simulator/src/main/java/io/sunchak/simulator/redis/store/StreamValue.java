package io.sunchak.simulator.redis.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream: entries by id, and the last id that was ever given, below which none can come. */
final class StreamValue implements Value {
  private final NavigableMap<StreamId, List<String>> entries = new TreeMap<>();
  private StreamId last = StreamId.LEAST;

  int length() {
    return entries.size();
  }

  StreamId last() {
    return last;
  }

  /** Whether it could be appended: the id must be above the last one. */
  boolean add(StreamId id, List<String> fields, Journal journal) {
    StreamId before = last;
    if (id.compareTo(before) <= 0) {
      return false;
    }
    entries.put(id, fields);
    last = id;
    journal.note(() -> {
      entries.remove(id);
      last = before;
    });
    return true;
  }

  /** Drops what is below {@code least}. */
  long trim(StreamId least, Journal journal) {
    NavigableMap<StreamId, List<String>> below = entries.headMap(least, false);
    if (below.isEmpty()) {
      return 0;
    }
    NavigableMap<StreamId, List<String>> dropped = new TreeMap<>(below);
    below.clear();
    journal.note(() -> entries.putAll(dropped));
    return dropped.size();
  }

  /** At most {@code count} entries from one id to another, both included, in Redis' form. */
  List<@Nullable Object> range(StreamId from, StreamId to, boolean descending, long count) {
    List<@Nullable Object> found = new ArrayList<>();
    if (from.compareTo(to) > 0) {
      return found;
    }
    NavigableMap<StreamId, List<String>> within = entries.subMap(from, true, to, true);
    for (Map.Entry<StreamId, List<String>> entry :
        (descending ? within.descendingMap() : within).entrySet()) {
      if (found.size() == count) {
        break;
      }
      found.add(List.of(entry.getKey().toString(), entry.getValue()));
    }
    return found;
  }

  @Override
  public String type() {
    return "stream";
  }

  @Override
  public Value copy() {
    StreamValue copy = new StreamValue();
    copy.entries.putAll(entries);
    copy.last = last;
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StreamValue stream
        && last.equals(stream.last)
        && entries.equals(stream.entries);
  }

  @Override
  public int hashCode() {
    return Objects.hash(last, entries);
  }

  @Override
  public String toString() {
    return entries + " last " + last;
  }
}
