package io.sunchak.admission;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What this module may know, and its rooms of each other. Each rule is also shown to bite, on
 * classes of {@code broken} that break it; its packages mirror the module's.
 */
final class AdmissionArchitectureTest {
  private static final String COMMIT = "..admission.commit";
  private static final String LINK = "..admission.link";
  private static final String SCRIPT = "..admission.script";

  /** What the server and the simulator use, which this module cannot see. */
  private static final Set<String> ENTRIES =
      Set.of(
          "GroupCommitIssuer",
          "AdmissionListener",
          "Background",
          "Durability",
          "RedisClock",
          "NamedConnections",
          "RedisGuard",
          "RedisLink",
          "RedisCampaignKeyspace",
          "RedisKeyspaceView",
          "RedisReservationLog");

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sunchak.admission");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("io.sunchak.admission.broken");

  @SuppressWarnings("ImmutableEnumChecker") // ArchUnit's rules are, and do not say so
  enum Rule {
    THE_ADMISSION_KNOWS_THE_CORES_PORTS_AND_REDIS(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..",
                "javax.net.ssl..",
                "org.jspecify.annotations..",
                "io.sunchak.core",
                "io.sunchak.core.gate",
                "io.sunchak.core.log",
                "io.sunchak.core.loop",
                "io.sunchak.core.promise",
                "io.sunchak.admission..",
                "io.lettuce..",
                "io.netty.channel",
                "io.netty.util.concurrent",
                "com.github.benmanes.caffeine..")),
    A_GROUP_COMMIT_KNOWS_NEITHER_COUPONS_NOR_REDIS(
        classes()
            .that()
            .resideInAPackage(COMMIT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..", "org.jspecify.annotations..", "io.sunchak.core.loop", COMMIT)),
    SCRIPTS_KNOW_NO_OTHER_ROOM(arrows(SCRIPT, alwaysFalse())),
    A_LINK_KNOWS_THE_SCRIPTS_WHICH_ITS_GUARD_TRIES(arrows(LINK, resideInAPackage(SCRIPT))),
    THE_LOG_KNOWS_LINKS_AND_SCRIPTS(arrows("..admission.log", resideInAnyPackage(LINK, SCRIPT))),
    AN_ISSUE_KNOWS_GROUP_COMMIT_LINKS_AND_SCRIPTS(
        arrows("..admission.issue", resideInAnyPackage(COMMIT, LINK, SCRIPT))),
    NO_ROOMS_NEED_EACH_OTHER(slices().matching("..admission.(*)").should().beFreeOfCycles()),
    NOTHING_IS_PUBLIC_THAT_NO_OTHER_ROOM_USES(
        classes()
            .that()
            .areTopLevelClasses()
            .and()
            .haveModifier(JavaModifier.PUBLIC)
            .should(beUsedByAnotherRoom()));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }
  }

  /** Classes of {@code from} know, of this module, their own room and {@code others}. */
  private static ArchRule arrows(String from, DescribedPredicate<? super JavaClass> others) {
    DescribedPredicate<JavaClass> stranger =
        resideInAPackage("..admission..").and(not(resideInAPackage(from))).and(not(others));
    return noClasses().that().resideInAPackage(from).should().dependOnClassesThat(stranger);
  }

  private static ArchCondition<JavaClass> beUsedByAnotherRoom() {
    return new ArchCondition<>("be used by another room, the server or the simulator") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        boolean used =
            ENTRIES.contains(one.getSimpleName())
                || one.getDirectDependenciesToSelf().stream()
                    .anyMatch(user ->
                        !user.getOriginClass().getPackageName().equals(one.getPackageName()));
        String message = one.getName() + " is public and used in its own room only";
        events.add(new SimpleConditionEvent(one, used, message));
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule one) {
    one.rule.check(MODULE);
  }

  @ParameterizedTest
  @EnumSource
  void bites(Rule one) {
    assertThat(one.rule.evaluate(BROKEN).getFailureReport().getDetails()).isNotEmpty();
  }

  @Test
  void the_module_is_what_was_looked_at() {
    assertThat(MODULE).hasSizeGreaterThan(40);
    assertThat(MODULE.stream().map(JavaClass::getSimpleName)).containsAll(ENTRIES);
  }
}
