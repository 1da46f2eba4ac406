package io.sunchak.admission;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sunchak.core.drain.PassResult;
import io.sunchak.embedded.EmbeddedEngines;
import org.junit.jupiter.api.Test;

/** What this module may know. */
final class AdmissionArchitectureTest {
  private static final ArchRule ARROWS =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify.annotations..",
              "io.sunchak.core",
              "io.sunchak.core.gate",
              "io.sunchak.core.log",
              "io.sunchak.core.loop",
              "io.sunchak.core.promise",
              "io.sunchak.admission..",
              "io.lettuce..",
              "com.github.benmanes.caffeine..")
          .because("the admission knows Redis and the core's ports, no ledger and no server");

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sunchak.admission");

  @Test
  void the_admission_depends_on_the_core_and_on_redis_alone() {
    assertThat(MODULE).isNotEmpty();
    ARROWS.check(MODULE);
  }

  @Test
  void the_rule_sees_who_breaks_it() {
    JavaClasses broken = new ClassFileImporter().importClasses(ReachesPastItsPorts.class);
    assertThatThrownBy(() -> ARROWS.check(broken))
        .hasMessageContaining("EmbeddedEngines")
        .hasMessageContaining("PassResult");
  }

  /** Knows another module and the core's own machinery. */
  record ReachesPastItsPorts(EmbeddedEngines engines, PassResult drain) {}
}
