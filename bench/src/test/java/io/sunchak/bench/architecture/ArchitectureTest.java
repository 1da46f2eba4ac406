package io.sunchak.bench.architecture;

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
 * The bench's arrows. Each rule is also shown to bite, on classes of {@code broken} that break it;
 * its packages mirror the bench's.
 */
class ArchitectureTest {
  private static final JavaClasses BENCH =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.sunchak.bench");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("io.sunchak.bench.architecture.broken");

  @SuppressWarnings("ImmutableEnumChecker") // ArchUnit's rules are, and do not say so
  enum Rule {
    /** The root package, too, is one of them. */
    NO_PACKAGES_NEED_EACH_OTHER(slices().matching("io.sunchak.(**)").should().beFreeOfCycles()),
    RESULTS_KNOW_NOTHING_OF_HOW_THEY_CAME_ABOUT(
        noClasses()
            .that()
            .resideInAnyPackage("..bench.result..", "..bench.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "..bench.ceiling..",
                "..bench.cli..",
                "..bench.experiment..",
                "..bench.subject..",
                "..bench.workload.."));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule one) {
    one.rule.check(BENCH);
  }

  @ParameterizedTest
  @EnumSource
  void bites(Rule one) {
    assertThat(one.rule.evaluate(BROKEN).getFailureReport().getDetails()).isNotEmpty();
  }

  @Test
  void the_bench_is_what_was_looked_at() {
    assertThat(BENCH).hasSizeGreaterThan(40);
    assertThat(BENCH).noneMatch(one -> one.getPackageName().contains("architecture"));
  }
}
