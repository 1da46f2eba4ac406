package io.sunchak.ledger;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sunchak.core.drain.PassResult;
import io.sunchak.embedded.EmbeddedEngines;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What this module may know, what its rooms know of each other, and what it keeps to itself. */
final class LedgerArchitectureTest {
  private static final ArchRule ARROWS =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.net.ssl..",
              "javax.sql..",
              "org.jspecify.annotations..",
              "io.sunchak.core",
              "io.sunchak.core.resync",
              "io.sunchak.core.ledger",
              "io.sunchak.ledger..",
              "org.springframework.dao..",
              "org.springframework.jdbc..",
              "org.springframework.transaction..",
              "org.postgresql..",
              "com.zaxxer.hikari..",
              "org.flywaydb.core..")
          .because(
              "the ledger knows PostgreSQL and the core's ports, and neither Redis nor a server");

  /** Each room and the rooms that it knows. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          entry("schema", Set.of()),
          entry("rows", Set.of()),
          entry("connection", Set.of("schema")),
          entry("audit", Set.of("connection", "rows")),
          entry("campaigns", Set.of("connection", "rows")),
          entry("coupons", Set.of("connection", "rows", "failures")),
          entry("drain", Set.of("connection", "rows")),
          entry("failures", Set.of("connection", "rows", "audit")),
          entry("promises", Set.of("connection", "rows")),
          entry("redemptions", Set.of("connection", "rows")),
          entry("resync", Set.of("connection", "rows")));

  private static final ArchRule NO_CYCLES =
      slices().matching("..ledger.(*)").should().beFreeOfCycles();

  private static final ArchRule CLOSED =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackages("..ledger.connection", "..ledger.rows")
          .should()
          .notHaveRawReturnType(
              resideInAnyPackage(
                  "org.springframework..",
                  "org.postgresql..",
                  "com.zaxxer..",
                  "java.sql..",
                  "javax.sql.."))
          .because("rooms have their connections from one, and no other module needs them");

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sunchak.ledger");

  @Test
  void the_ledger_depends_on_the_core_and_on_jdbc_alone() {
    assertThat(MODULE).isNotEmpty();
    ARROWS.check(MODULE);
  }

  @Test
  void every_class_is_in_a_room() {
    assertThat(MODULE.stream().map(one -> one.getPackageName()).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(
            ROOMS.keySet().stream().map("io.sunchak.ledger."::concat).toList());
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void a_room_knows_the_rooms_that_it_needs(String room) {
    knowsItsOwn(room).check(MODULE);
  }

  @Test
  void no_rooms_need_each_other() {
    NO_CYCLES.check(MODULE);
  }

  @Test
  void no_ledger_gives_its_connections_away() {
    CLOSED.check(MODULE);
  }

  @Test
  void the_rules_see_who_breaks_them() {
    assertThatThrownBy(() -> ARROWS.check(only(ReachesPastItsPorts.class)))
        .hasMessageContaining("EmbeddedEngines")
        .hasMessageContaining("PassResult");
    assertThatThrownBy(() -> CLOSED.check(only(OpenInside.class))).hasMessageContaining("jdbc()");
    assertThatThrownBy(() -> knowsItsOwn("drain").check(broken()))
        .hasMessageContaining("ResyncThatDrains");
    assertThatThrownBy(() -> NO_CYCLES.check(broken())).hasMessageContaining("Cycle");
  }

  static Set<String> rooms() {
    return ROOMS.keySet();
  }

  private static ArchRule knowsItsOwn(String room) {
    String[] known =
        Stream.concat(Stream.of(room), ROOMS.getOrDefault(room, Set.of()).stream())
            .map("..ledger."::concat)
            .collect(Collectors.toSet())
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("..ledger." + room)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.sunchak.ledger..").and(not(resideInAnyPackage(known))));
  }

  private static JavaClasses broken() {
    return new ClassFileImporter().importPackages("io.sunchak.ledger.broken");
  }

  private static JavaClasses only(Class<?> fixture) {
    return new ClassFileImporter().importClasses(fixture);
  }

  /** Knows another module and the core's own machinery. */
  record ReachesPastItsPorts(EmbeddedEngines engines, PassResult drain) {}

  /** Hands its SQL out to everybody. */
  public record OpenInside(JdbcClient jdbc) {}
}
