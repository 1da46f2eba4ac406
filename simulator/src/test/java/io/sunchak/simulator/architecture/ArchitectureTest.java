package io.sunchak.simulator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
 * The arrows of the simulator. Each rule is also shown to bite, on classes of {@code broken} that
 * break it; its packages mirror those of the simulator.
 */
class ArchitectureTest {
  private static final JavaClasses SIMULATOR =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.sunchak.simulator");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("io.sunchak.simulator.architecture.broken");

  @SuppressWarnings("ImmutableEnumChecker") // ArchUnit's rules are, and do not say so
  enum Rule {
    /** The root package, too, is one of them. */
    NO_PACKAGES_NEED_EACH_OTHER(slices().matching("io.sunchak.(**)").should().beFreeOfCycles()),
    THE_REDIS_KNOWS_NOTHING_OF_SUNCHAK(
        noClasses()
            .that()
            .resideInAPackage("..simulator.redis..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.sunchak..")
                    .and(not(resideInAPackage("..simulator.redis.."))))),
    ONLY_WHAT_RUNS_SCRIPTS_KNOWS_LUA(
        noClasses()
            .that()
            .resideOutsideOfPackage("..simulator.redis.lua..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.luaj.."));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule one) {
    one.rule.check(SIMULATOR);
  }

  @ParameterizedTest
  @EnumSource
  void bites(Rule one) {
    assertThat(one.rule.evaluate(BROKEN).getFailureReport().getDetails()).isNotEmpty();
  }

  @Test
  void the_simulator_is_what_was_looked_at() {
    assertThat(SIMULATOR).hasSizeGreaterThan(20);
    assertThat(SIMULATOR).noneMatch(one -> one.getPackageName().contains("architecture"));
  }
}
