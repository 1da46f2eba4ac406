package io.sunchak.lab.architecture;

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
 * Which package may know which; the modules' own arrows are Maven's to enforce. Each rule is also
 * shown to bite, on a class of {@code broken} that breaks it.
 */
class ArchitectureTest {
  private static final JavaClasses LAB =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.sunchak.lab");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("io.sunchak.lab.architecture.broken");

  @SuppressWarnings("ImmutableEnumChecker") // ArchUnit's rules are, and do not say so
  enum Rule {
    NO_PACKAGES_NEED_EACH_OTHER(slices().matching("io.sunchak.(**)").should().beFreeOfCycles()),
    STRATEGIES_KNOW_NEITHER_THE_WEB_NOR_THE_DRAINS(
        noClasses()
            .that()
            .resideInAPackage("..strategy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..web..", "..drain..", "..failure..", "..node..", "..cli..")),
    ONLY_THE_LOCK_KNOWS_REDISSON(
        noClasses()
            .that()
            .doNotHaveSimpleName("DistributedLockIssuer")
            .and()
            .doNotHaveSimpleName("RedisClients")
            .and()
            .doNotHaveSimpleName("LabNode")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.redisson..")),
    ONLY_THE_COMMAND_LINE_STARTS_ENGINES(
        noClasses()
            .that()
            .resideOutsideOfPackage("..cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sunchak.embedded.."));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule one) {
    one.rule.check(LAB);
  }

  @ParameterizedTest
  @EnumSource
  void bites(Rule one) {
    assertThat(one.rule.evaluate(BROKEN).getFailureReport().getDetails()).isNotEmpty();
  }

  @Test
  void the_lab_is_what_was_looked_at() {
    assertThat(LAB).hasSizeGreaterThan(60);
    assertThat(LAB).noneMatch(one -> one.getPackageName().contains("architecture"));
  }
}
