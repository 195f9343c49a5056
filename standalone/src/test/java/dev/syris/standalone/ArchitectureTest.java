package dev.syris.standalone;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;

/** The shape of the house, as rules over the compiled classes of all modules. */
@AnalyzeClasses(packages = "dev.syris", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule servicesShouldNotKnowEachOther =
      slices()
          .matching("dev.syris.(ingest|pipeline|task|gateway)..")
          .should()
          .notDependOnEachOther()
          .because("services meet on topics, on views and through the gateway's forwarding only");

  @ArchTest
  static final ArchRule contractsShouldStayPlain =
      noClasses()
          .that()
          .resideInAPackage("dev.syris.contracts..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..", "org.apache.kafka.streams..", "dev.syris.platform..")
          .because("every module and every outside reader depends on the contracts");

  @ArchTest
  static final ArchRule rulesShouldStandOnContractsAlone =
      classes()
          .that()
          .resideInAPackage("dev.syris.rules..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.syris.rules..",
              "dev.syris.contracts..",
              "java.lang..",
              "java.math..",
              "java.nio", // bytes in memory; files and channels are below it
              "java.time..",
              "java.util..",
              "tools.jackson..",
              "org.yaml.snakeyaml..",
              "org.jspecify..")
          .because("the rule language is pure, so that a rule can be tried before it is trusted");

  @ArchTest
  static final ArchRule rulesShouldBeToldTheTime =
      noClasses()
          .that()
          .resideInAPackage("dev.syris.rules..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Random.class, Thread.class)
          .orShould()
          .callMethodWhere(target(owner(resideInAPackage("java.time.."))).and(target(name("now"))))
          .because("the same document, time and state of the system give the same answer");

  @ArchTest
  static final ArchRule platformShouldHoldNothingOfTheDomain =
      noClasses()
          .that()
          .resideInAPackage("dev.syris.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.syris.ingest..",
              "dev.syris.pipeline..",
              "dev.syris.task..",
              "dev.syris.gateway..")
          .because("what the services share at run time must not pull one service into another");

  @ArchTest
  static final ArchRule decisionsShouldNotReadTheClock =
      noClasses()
          .that()
          .resideInAnyPackage("dev.syris.contracts..", "dev.syris.rules..", "dev.syris.pipeline..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .because("the output of the pipeline is a function of the log; time is the append time");

  @ArchTest
  static final ArchRule onlyStandaloneShouldUseTheEmbeddedParts =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.syris.embedded..", "dev.syris.standalone..", "dev.syris.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.syris.embedded..")
          .because("the same service jars run against an outside broker and database");
}
