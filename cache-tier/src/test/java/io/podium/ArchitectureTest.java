package io.podium;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The walls of this module. */
class ArchitectureTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> location.contains("cache-tier"))
          .importPackages("io.podium");

  @Test
  void oneRoomTouchesChronicleMap() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.podium.store.hot..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.openhft..")
        .check(MODULE);
  }

  @Test
  void eachDriverStaysInItsRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.podium.store.redis..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.lettuce..", "io.netty..")
        .check(MODULE);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.podium.store.mongo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.mongodb..", "org.bson..", "org.reactivestreams..")
        .check(MODULE);
  }

  @Test
  void theVocabularyDoesNoInputOrOutput() {
    classes()
        .that()
        .resideInAnyPackage("io.podium.listing", "io.podium.card")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.podium.listing",
            "io.podium.card",
            "java.lang..",
            "java.util",
            "java.util.stream",
            "java.util.function",
            "java.math",
            "java.time..",
            "org.jspecify..")
        .check(MODULE);
  }

  @Test
  void nothingDependsOnAnotherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.podium.ranking..", "io.podium.read..", "io.podium.chaos..")
        .check(MODULE);
  }

  @Test
  void theRoomsDependOnEachOtherOneWay() {
    slices().matching("io.podium.(**)").should().beFreeOfCycles().check(MODULE);
  }

  @Test
  void nothingSleepsOrWaitsForAFuture() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.podium.store.hot..", "io.podium.config..")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(CompletableFuture.class, "get")
        .orShould()
        .callMethod(Future.class, "get")
        .check(MODULE);
  }
}
