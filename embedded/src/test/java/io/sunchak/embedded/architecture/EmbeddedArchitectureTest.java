package io.sunchak.embedded.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.process.LaunchThread;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What this module may lean on, and the one way it starts engines. */
final class EmbeddedArchitectureTest {
  private static final ArchRule LEANS_ON_LITTLE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify.annotations..",
              "org.apache.commons.compress.archivers..",
              "org.tukaani.xz..",
              "io.sunchak.embedded..")
          .because("it is no place for Spring, drivers or the domain");

  private static final ArchRule STARTS_PROCESSES_IN_TWO_PLACES =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(LaunchThread.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(Command.class.getName())
          .should()
          .callMethod(ProcessBuilder.class, "start")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Runtime.class)
          .because("an engine started from another thread dies when that thread ends");

  /** The root package, too, is one of them. */
  private static final ArchRule NO_PACKAGES_NEED_EACH_OTHER =
      slices().matching("io.sunchak.(**)").should().beFreeOfCycles();

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.sunchak.embedded");

  @Test
  void the_module_leans_on_little_besides_the_jdk() {
    LEANS_ON_LITTLE.check(MODULE);
  }

  @Test
  void engines_are_started_from_the_launch_thread_only() {
    STARTS_PROCESSES_IN_TWO_PLACES.check(MODULE);
  }

  @Test
  void no_packages_need_each_other() {
    NO_PACKAGES_NEED_EACH_OTHER.check(MODULE);
  }

  @Test
  void a_cycle_is_found() {
    JavaClasses broken = new ClassFileImporter().importPackages(Broken.class.getPackageName());
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> NO_PACKAGES_NEED_EACH_OTHER.check(broken))
        .withMessageContaining("embedded.architecture.broken.redis");
  }

  @Test
  void both_other_rules_bite() {
    JavaClasses broken = new ClassFileImporter().importClasses(Broken.class);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LEANS_ON_LITTLE.check(broken))
        .withMessageContaining(PGConnection.class.getName());
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> STARTS_PROCESSES_IN_TWO_PLACES.check(broken))
        .withMessageContaining("ProcessBuilder.start()");
  }

  /** Does what the rules forbid. */
  record Broken(PGConnection driver) {
    Process start() throws IOException {
      return new ProcessBuilder("redis-server").start();
    }
  }
}
