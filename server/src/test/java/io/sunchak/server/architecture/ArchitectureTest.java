package io.sunchak.server.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.origin;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.sunchak.server.SunchakServer;
import io.sunchak.server.campaigns.NoSuchCampaignException;
import io.sunchak.server.cli.ServerMain;
import io.sunchak.server.demo.Drops;
import io.sunchak.server.observe.Version;
import io.sunchak.server.reconcile.Reconciler;
import io.sunchak.server.transport.EventLoops;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executors;
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
            .resideInAnyPackage("..server.http..", "..server.demo..", "..server.security..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.sunchak.admission..", "io.sunchak.ledger..", "io.lettuce..")),
    SQL_IS_WRITTEN_IN_THE_LEDGER_ALONE(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..")),
    SECURITY_DOES_NOT_DEPEND_ON_THE_API(
        noClasses()
            .that()
            .resideInAPackage("..server.security..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sunchak.server.http..")),
    ONLY_THE_COMMAND_LINE_KNOWS_EMBEDDED_ENGINES(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.sunchak.server.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sunchak.embedded..")),
    NO_HANDLER_NEEDS_ANOTHER(
        noClasses()
            .that()
            .haveSimpleNameEndingWith("Handler")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.sunchak.server..").and(simpleNameEndingWith("Handler")))),
    NO_ROOMS_NEED_EACH_OTHER(slices().matching("io.sunchak.(**)").should().beFreeOfCycles()),
    /**
     * What is left out is begun from outside, holds a constant alone, which javac copies, or is
     * caught by a pattern alone, which ArchUnit does not see.
     */
    NOTHING_IS_PUBLIC_FOR_ITS_OWN_ROOM(
        classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .doNotBelongToAnyOf(
                SunchakServer.class, ServerMain.class, Version.class, NoSuchCampaignException.class)
            .should(ArchCondition.from(neededElsewhere()))),
    /** What is left out begins threads that end by themselves, or that Netty guards. */
    THREADS_ARE_GUARDED_LOOPS(
        noClasses()
            .that()
            .doNotBelongToAnyOf(Drops.class, Reconciler.class, EventLoops.class)
            .and()
            .resideOutsideOfPackage("..server.cli..")
            .should()
            .callMethodWhere(beginsAThread())
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))),
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
            .callConstructor(Date.class)),
    /**
     * Redis' clock decides, and is shown; where a node's own clock is read, for tokens alone, is
     * one bean.
     */
    ONE_PLACE_GIVES_THE_NODES_OWN_CLOCK(
        noClasses()
            .that()
            .resideOutsideOfPackage("..server.cli..")
            .should()
            .callMethodWhere(
                target(owner(assignableTo(InstantSource.class)))
                    .and(target(nameMatching("system.*")))
                    .and(not(origin(nameMatching("nodeClock"))))));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  private static DescribedPredicate<JavaClass> neededElsewhere() {
    return DescribedPredicate.describe(
        "be needed in another package",
        one ->
            one.getDirectDependenciesToSelf().stream()
                .map(use -> use.getOriginClass().getPackageName())
                .anyMatch(room -> !room.equals(one.getPackageName())));
  }

  private static DescribedPredicate<JavaAccess<?>> beginsAThread() {
    DescribedPredicate<JavaClass> threads =
        assignableTo(Thread.class).or(assignableTo(Thread.Builder.class));
    return target(owner(assignableTo(Executors.class)))
        .or(
            target(owner(threads))
                .and(target(nameMatching("start|unstarted|factory|startVirtualThread"))));
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

  /** Of the modules below, too, those of one package today included. */
  @Test
  void no_rooms_of_the_whole_product_need_each_other() {
    JavaClasses modules =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.sunchak");
    for (String module :
        List.of("core", "token", "alarm", "embedded", "admission", "ledger", "server")) {
      assertThat(modules).anyMatch(one -> one.getPackageName().startsWith("io.sunchak." + module));
    }
    Rule.NO_ROOMS_NEED_EACH_OTHER.rule.check(modules);
  }

  @Test
  void the_product_is_what_was_looked_at() {
    assertThat(PRODUCT).hasSizeGreaterThan(40);
  }
}
