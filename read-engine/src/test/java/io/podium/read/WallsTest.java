package io.podium.read;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What event loops run must not be able to block them. */
class WallsTest {
  private static final String[] EVENT_LOOP = {
    "io.podium.read.hit..",
    "io.podium.read.http..",
    "io.podium.read.admin..",
    "io.podium.read.page.."
  };
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.podium.read");

  @Test
  void eventLoopClassesTouchNoDiskAndNoStore() {
    noClasses()
        .that()
        .resideInAnyPackage(EVENT_LOOP)
        .and()
        .doNotHaveFullyQualifiedName("io.podium.read.http.Site") // reads all before serving
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "io.podium.store.redis..", "io.podium.store.mongo..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.File.*")
        .check(classes);
  }

  @Test
  void theHitPathKnowsNothingOfWhatIsBehindIt() {
    noClasses()
        .that()
        .resideInAPackage("io.podium.read.hit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.podium.read.refresh..",
            "io.podium.read.http..",
            "io.podium.store..",
            "com.fasterxml..")
        .check(classes);
  }

  @Test
  void nobodyTouchesChronicleMapOrTheUpdater() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.openhft..", "io.podium.ranking..")
        .check(classes);
  }
}
