package io.sunchak.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTablesTest {
  @TempDir Path home;
  private Path results = Path.of("");

  @BeforeEach
  void plant() {
    results = new PlantedEverything(new PlantedResults(home.resolve("docs/bench"))).plant().write();
  }

  @Test
  void replaces_what_stands_between_the_markers_and_nothing_else() throws IOException {
    Path readme =
        readme(
            "README.md", "above\n<!-- bench:begin -->\nstale words\n<!-- bench:end -->\nbelow\n");

    ReadmeTables.replace(readme, results);

    assertThat(readme)
        .content()
        .startsWith("above\n<!-- bench:begin -->\n")
        .endsWith("\n<!-- bench:end -->\nbelow\n")
        .doesNotContain("stale words");
  }

  @Test
  void changes_nothing_a_second_time() throws IOException {
    Path readme = readme("README.md", "<!-- bench:begin --><!-- bench:end -->");
    ReadmeTables.replace(readme, results);
    String once = Files.readString(readme);

    ReadmeTables.replace(readme, results);

    assertThat(readme).hasContent(once);
  }

  @Test
  void each_number_links_to_its_run_and_the_run_is_there() throws IOException {
    Path readme = readme("README.md", "<!-- bench:begin --><!-- bench:end -->");

    ReadmeTables.replace(readme, results);

    assertThat(readme)
        .content()
        .contains(
            "| **V6** |",
            "[600](docs/bench/runs/seed-600.V6.1.json)",
            "[61,230](docs/bench/runs/accept.V6.3.json) \\[56,944–64,904\\]",
            "[88,400](docs/bench/runs/sold-out.V6.3.json) \\[81,328–95,472\\]",
            "[651](docs/bench/runs/seed-600.V2.4.json)",
            "| 48% |");
    assertThat(results.resolve("runs/accept.V6.3.json")).exists();
    assertThat(readme)
        .content()
        .contains("2026-11-24", "`0ddba11`".replace("`", ""), "Invented CPU @ 2.0 GHz, 2 cores");
  }

  @Test
  void an_oversell_and_a_loss_stand_out_and_the_products_zero_beside_them() throws IOException {
    Path readme = readme("README.md", "<!-- bench:begin --><!-- bench:end -->");

    ReadmeTables.replace(readme, results);

    assertThat(readme)
        .content()
        .contains(
            "**✕ [651](", "**✕ 651 of 600: 51 too many** (`seed-600`)", "**✕ 9,742**", "| ✓ 0 |");
  }

  @Test
  void the_products_own_moments_stand_in_a_table_of_their_own() throws IOException {
    Path readme = readme("README.md", "<!-- bench:begin --><!-- bench:end -->");

    ReadmeTables.replace(readme, results);

    assertThat(Files.readString(readme).lines().filter(line -> line.startsWith("| `")))
        .hasSizeGreaterThan(8)
        .anyMatch(row ->
            row.startsWith("| `fcfs-20k` | 20,000 at once, 10,000 coupons |")
                && row.endsWith(" s | 0 | ✓ right |"))
        .anyMatch(row -> row.startsWith("| `nodes` | One, two, three server nodes · 2 nodes |"))
        .noneMatch(row -> row.contains("ceiling"));
  }

  @Test
  void the_korean_readme_gets_korean_tables() throws IOException {
    Path readme = readme("README.ko.md", "<!-- bench:begin --><!-- bench:end -->");

    ReadmeTables.replace(readme, results);

    assertThat(readme)
        .content()
        .contains("초당 접수", "수량 600장에 651장 발급: 51장 초과")
        .doesNotContain("accepted/s");
  }

  @Test
  void every_row_has_as_many_cells_as_its_head() throws IOException {
    Path readme = readme("README.md", "<!-- bench:begin --><!-- bench:end -->");

    ReadmeTables.replace(readme, results);

    assertThat(Files.readString(readme).lines().filter(l -> l.startsWith("|")))
        .hasSizeGreaterThan(20)
        .allSatisfy(row -> assertThat(row.split("\\|", -1).length - 2).isIn(8, 5, 7));
  }

  @Test
  void hostile_names_cannot_leave_their_cell() throws IOException {
    Path folder =
        new PlantedResults(home.resolve("other"))
            .result("a|b<img>](x)`\\n|", "accept", "'acceptedPerSecond':5")
            .write();
    Path readme = readme("README.md", "<!-- bench:begin --><!-- bench:end -->");

    ReadmeTables.replace(readme, folder);

    assertThat(readme)
        .content()
        .contains("| a\\|b&lt;img&gt;\\](x)\\` \\| |")
        .doesNotContain("<img");
  }

  @Test
  void refuses_a_file_without_its_two_markers_and_leaves_it_alone() throws IOException {
    for (String text :
        new String[] {
          "none",
          "<!-- bench:end --><!-- bench:begin -->",
          "<!-- bench:begin --><!-- bench:begin --><!-- bench:end -->"
        }) {
      Path readme = readme("README.md", text);
      assertThatThrownBy(() -> ReadmeTables.replace(readme, results))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(ReadmeTables.BEGIN);
      assertThat(readme).hasContent(text);
    }
  }

  private Path readme(String name, String text) throws IOException {
    return Files.writeString(home.resolve(name), text);
  }
}
