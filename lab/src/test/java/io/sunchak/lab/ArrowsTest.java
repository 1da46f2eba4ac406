package io.sunchak.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which part may know which; the modules' own arrows are Maven's to enforce. */
@AnalyzeClasses(packages = "io.sunchak.lab", importOptions = DoNotIncludeTests.class)
final class ArrowsTest {
  @ArchTest
  static final ArchRule only_the_lock_knows_redisson =
      noClasses()
          .that()
          .doNotHaveSimpleName("DistributedLockIssuer")
          .and()
          .doNotHaveSimpleName("RedisClients")
          .and()
          .doNotHaveSimpleName("LabNode")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.redisson..");

  @ArchTest
  static final ArchRule strategies_know_neither_the_web_nor_the_drains =
      noClasses()
          .that()
          .resideInAPackage("..strategy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..web..", "..drain..", "..failure..", "..cli..");

  @ArchTest
  static final ArchRule nothing_but_the_command_starts_engines =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.sunchak.embedded..");
}
