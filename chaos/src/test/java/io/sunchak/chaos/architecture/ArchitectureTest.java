package io.sunchak.chaos.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The arrows of chaos. Each rule is also shown to bite, on classes of {@code broken} that break it;
 * its packages mirror those of chaos.
 */
class ArchitectureTest {
  private static final JavaClasses CHAOS =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.sunchak.chaos");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("io.sunchak.chaos.architecture.broken");

  @SuppressWarnings("ImmutableEnumChecker") // ArchUnit's rules are, and do not say so
  enum Rule {
    /** The root package, too, is one of them. */
    NO_PACKAGES_NEED_EACH_OTHER(slices().matching("io.sunchak.(**)").should().beFreeOfCycles()),
    A_SCHEDULE_KNOWS_ITS_SEED_ALONE(
        noClasses()
            .that()
            .resideInAPackage("..chaos.schedule..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "..chaos.proxy..",
                "..chaos.cluster..",
                "..chaos.faults..",
                "..chaos.history..",
                "..chaos.verdict..",
                "..chaos.cycle..",
                "..chaos.cli..")),
    THE_VERDICT_KNOWS_NOT_HOW_FAULTS_ARE_MADE(
        noClasses()
            .that()
            .resideInAPackage("..chaos.verdict..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "..chaos.proxy..", "..chaos.faults..", "..chaos.cycle..", "..chaos.cli.."));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule one) {
    one.rule.check(CHAOS);
  }

  @ParameterizedTest
  @EnumSource
  void bites(Rule one) {
    assertThat(one.rule.evaluate(BROKEN).getFailureReport().getDetails()).isNotEmpty();
  }

  @Test
  void chaos_is_what_was_looked_at() {
    assertThat(CHAOS).hasSizeGreaterThan(30);
    assertThat(CHAOS).noneMatch(one -> one.getPackageName().contains("architecture"));
  }
}
