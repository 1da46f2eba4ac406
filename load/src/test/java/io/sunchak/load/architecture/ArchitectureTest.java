package io.sunchak.load.architecture;

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
  private static final JavaClasses LOAD =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.sunchak.load");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("io.sunchak.load.architecture.broken");

  @SuppressWarnings("ImmutableEnumChecker") // ArchUnit's rules are, and do not say so
  enum Rule {
    NO_PACKAGES_NEED_EACH_OTHER(slices().matching("io.sunchak.(**)").should().beFreeOfCycles()),
    ONLY_THE_GENERATOR_KNOWS_NETTY(
        noClasses()
            .that()
            .resideOutsideOfPackage("..generator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule one) {
    one.rule.check(LOAD);
  }

  @ParameterizedTest
  @EnumSource
  void bites(Rule one) {
    assertThat(one.rule.evaluate(BROKEN).getFailureReport().getDetails()).isNotEmpty();
  }

  @Test
  void the_load_is_what_was_looked_at() {
    assertThat(LOAD).hasSizeGreaterThan(15);
    assertThat(LOAD).noneMatch(one -> one.getPackageName().contains("architecture"));
  }
}
