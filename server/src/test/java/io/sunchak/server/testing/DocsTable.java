package io.sunchak.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table of {@code docs/api.md}: what is promised there is what is tested. */
public final class DocsTable {
  private static final Path PAGE = Path.of("..", "docs", "api.md");

  private final List<List<String>> rows = new ArrayList<>();

  /**
   * One cell that says something.
   *
   * @param row the row's first cell
   * @param column the column's head
   */
  public record Cell(String row, String column, String text) {
    @Override
    public String toString() {
      return row + ", " + column + ": " + text;
    }
  }

  private DocsTable() {}

  /** The table that is marked as read by {@code test}. */
  public static DocsTable readBy(Class<?> test) {
    DocsTable table = new DocsTable();
    try (Stream<String> lines = Files.lines(PAGE)) {
      lines
          .dropWhile(line -> !line.equals("<!-- " + test.getSimpleName() + " reads this table -->"))
          .skip(1)
          .takeWhile(line -> line.startsWith("|"))
          .forEach(table::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (table.rows.size() < 3) {
      throw new IllegalStateException("no table for " + test + " in " + PAGE);
    }
    return table;
  }

  private void add(String line) {
    rows.add(
        Stream.of(line.substring(1, line.length() - 1).split("\\|", -1))
            .map(cell -> cell.replace("`", "").strip())
            .toList());
  }

  /** Every cell but the empty ones. */
  public Stream<Cell> cells() {
    List<String> head = rows.getFirst();
    return rows.stream()
        .skip(2)
        .flatMap(row ->
            Stream.iterate(1, i -> i < head.size(), i -> i + 1)
                .map(i -> new Cell(row.getFirst(), head.get(i), row.get(i))))
        .filter(cell -> !cell.text().isEmpty());
  }

  /** Every row, its first cell included. */
  public Stream<List<String>> rows() {
    return rows.stream().skip(2);
  }
}
