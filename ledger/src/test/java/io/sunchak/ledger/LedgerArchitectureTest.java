package io.sunchak.ledger;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sunchak.core.drain.PassResult;
import io.sunchak.embedded.EmbeddedEngines;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What this module may know, and what it keeps to itself. */
final class LedgerArchitectureTest {
  private static final ArchRule ARROWS =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
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

  private static final ArchRule CLOSED =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should()
          .notHaveRawReturnType(
              resideInAnyPackage(
                  "org.springframework..",
                  "org.postgresql..",
                  "com.zaxxer..",
                  "java.sql..",
                  "javax.sql.."))
          .because("SQL is written in this module alone");

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
  void no_other_module_gets_at_its_connections() {
    CLOSED.check(MODULE);
  }

  @Test
  void the_rules_see_who_breaks_them() {
    assertThatThrownBy(() -> ARROWS.check(only(ReachesPastItsPorts.class)))
        .hasMessageContaining("EmbeddedEngines")
        .hasMessageContaining("PassResult");
    assertThatThrownBy(() -> CLOSED.check(only(OpenInside.class))).hasMessageContaining("jdbc()");
  }

  private static JavaClasses only(Class<?> fixture) {
    return new ClassFileImporter().importClasses(fixture);
  }

  /** Knows another module and the core's own machinery. */
  record ReachesPastItsPorts(EmbeddedEngines engines, PassResult drain) {}

  /** Hands its SQL out to everybody. */
  public record OpenInside(JdbcClient jdbc) {}
}
