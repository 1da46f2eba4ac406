package io.sunchak.core.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
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
import com.tngtech.archunit.lang.ArchRule;
import io.sunchak.core.loop.GuardedLoop;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The core's arrows and habits. Each rule is also shown to bite, on a class of {@code broken} that
 * breaks it; its packages mirror the core's.
 */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.sunchak.core");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("io.sunchak.core.architecture.broken");

  private static final String DOMAIN = "..core";
  private static final String LEDGER = "..core.ledger";
  private static final String LOG = "..core.log";
  private static final String LOOP = "..core.loop";
  private static final String GATE = "..core.gate";
  private static final String CONFIG = "..core.config";
  private static final String PROMISE = "..core.promise";
  private static final String RESYNC = "..core.resync";

  @SuppressWarnings("ImmutableEnumChecker") // ArchUnit's rules are, and do not say so
  enum Rule {
    THE_CORE_IS_PURE_JDK(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify.annotations..", "io.sunchak.core..")),

    THE_DOMAIN_KNOWS_ITSELF_ONLY(arrows(DOMAIN, nothingElse())),
    LOOPS_KNOW_THE_DOMAIN(arrows(LOOP, nothingElse())),
    THE_LOG_PORT_KNOWS_THE_DOMAIN(arrows(LOG, nothingElse())),
    THE_LEDGER_PORT_KNOWS_THE_DOMAIN(arrows(LEDGER, nothingElse())),
    THE_GATE_KNOWS_WHAT_A_SCRIPT_ANSWERS(arrows(GATE, named(LOG, "Disagreement"))),
    PROMISES_KNOW_THE_LEDGER_AND_THE_GATE(arrows(PROMISE, resideInAnyPackage(LEDGER, LOOP, GATE))),
    CONFIG_CHANGES_KNOW_BOTH_PORTS(
        arrows(CONFIG, resideInAnyPackage(LEDGER, LOG).or(named(GATE, "CheckRequests")))),
    A_RESYNC_KNOWS_BOTH_PORTS_CONFIGS_AND_PROMISES(
        arrows(RESYNC, resideInAnyPackage(LEDGER, LOG, CONFIG, PROMISE))),
    SERVING_KNOWS_ALL_BUT_THE_DRAIN(
        arrows(
            "..core.serving",
            resideInAnyPackage(LEDGER, LOG, LOOP, GATE, CONFIG, PROMISE, RESYNC))),
    A_COMPARISON_KNOWS_BOTH_PORTS(arrows("..core.reconcile", resideInAnyPackage(LEDGER, LOG))),
    THE_DRAIN_KNOWS_BOTH_PORTS_PROMISES_AND_CHECKS(
        arrows(
            "..core.drain",
            resideInAnyPackage(LEDGER, LOG, LOOP)
                .or(named(PROMISE, "Promises"))
                .or(named(GATE, "CheckRequests")))),
    NO_PACKAGES_NEED_EACH_OTHER(slices().matching("..core.(*)").should().beFreeOfCycles()),

    TIME_COMES_FROM_A_CLOCK(
        noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")),
    NOTHING_SLEEPS(
        noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)),
    THREADS_ARE_GUARDED_LOOPS(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(GuardedLoop.class.getName())
            .should()
            .callMethodWhere(beginsAThread())
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))),
    NOTHING_LOGS(
        noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..")),
    NAMES_SAY_THE_MECHANISM(
        noClasses()
            .should()
            .haveNameMatching(
                ".*[.$]\\w*(Util|Utils|Helper|Manager|Impl|Base|Common|Dto)([A-Z]\\w*)?(\\$.*)?"));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  /**
   * Classes of {@code from} know, of the core, their own package, the domain, and {@code others}.
   */
  private static ArchRule arrows(String from, DescribedPredicate<? super JavaClass> others) {
    DescribedPredicate<JavaClass> stranger =
        resideInAPackage("..core..").and(not(resideInAnyPackage(DOMAIN, from))).and(not(others));
    return noClasses().that().resideInAPackage(from).should().dependOnClassesThat(stranger);
  }

  private static DescribedPredicate<JavaAccess<?>> beginsAThread() {
    DescribedPredicate<JavaClass> threads =
        assignableTo(Thread.class).or(assignableTo(Thread.Builder.class));
    return target(owner(assignableTo(Executors.class)))
        .or(
            target(owner(threads))
                .and(target(nameMatching("start|unstarted|factory|startVirtualThread"))));
  }

  private static DescribedPredicate<JavaClass> nothingElse() {
    return DescribedPredicate.alwaysFalse();
  }

  private static DescribedPredicate<JavaClass> named(String in, String... names) {
    DescribedPredicate<JavaClass> any = DescribedPredicate.alwaysFalse();
    for (String name : names) {
      any = any.or(simpleName(name));
    }
    return any.and(resideInAPackage(in));
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule one) {
    one.rule.check(CORE);
  }

  @ParameterizedTest
  @EnumSource
  void bites(Rule one) {
    assertThat(one.rule.evaluate(BROKEN).getFailureReport().getDetails()).isNotEmpty();
  }

  @Test
  void the_core_is_what_was_looked_at() {
    assertThat(CORE).hasSizeGreaterThan(60);
    assertThat(CORE).noneMatch(one -> one.getPackageName().contains("architecture"));
  }
}
