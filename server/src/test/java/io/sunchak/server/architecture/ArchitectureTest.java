package io.sunchak.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server's arrows. Each rule is also shown to bite, on a class of {@code broken} that breaks
 * it.
 */
class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.sunchak.server");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("io.sunchak.server.architecture.broken");

  @SuppressWarnings("ImmutableEnumChecker") // ArchUnit's rules are, and do not say so
  enum Rule {
    THE_LAB_IS_NOT_REACHABLE(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.sunchak..lab..", "io.sunchak..bench..", "io.sunchak.load..")),
    THE_API_SEES_ENGINES_THROUGH_PORTS(
        noClasses()
            .that()
            .resideInAnyPackage("..server.api..", "..server.security..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.sunchak.admission..",
                "io.sunchak.ledger..",
                "io.lettuce..",
                "java.sql..",
                "org.springframework.jdbc..")),
    SECURITY_DOES_NOT_DEPEND_ON_THE_API(
        noClasses()
            .that()
            .resideInAPackage("..server.security..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sunchak.server.api..")),
    ONLY_THE_COMMAND_LINE_KNOWS_EMBEDDED_ENGINES(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.sunchak.server.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sunchak.embedded..")),
    TIME_COMES_FROM_A_CLOCK(
        noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callConstructor(Date.class));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule one) {
    one.rule.check(PRODUCT);
  }

  @ParameterizedTest
  @EnumSource
  void bites(Rule one) {
    assertThat(one.rule.evaluate(BROKEN).getFailureReport().getDetails()).isNotEmpty();
  }

  @Test
  void the_product_is_what_was_looked_at() {
    assertThat(PRODUCT).hasSizeGreaterThan(40);
  }
}
