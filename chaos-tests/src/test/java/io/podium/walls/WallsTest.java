package io.podium.walls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WallsTest {
  private static final String UPDATER = "io.podium.ranking..";
  private static final String ENGINE = "io.podium.read..";
  private static final String DEMO = "io.podium.demo..";
  private static final String COMMANDS = "io.podium.chaos..";
  private static final String[] CACHE_TIER = {
    "io.podium.listing..",
    "io.podium.card..",
    "io.podium.store..",
    "io.podium.announce..",
    "io.podium.config..",
    "io.podium.guard.."
  };

  private static JavaClasses podium = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read() {
    podium =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("test-classes"))
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.podium");
  }

  @Test
  void theCacheTierDependsOnNoOtherModule() {
    noClasses()
        .that()
        .resideInAnyPackage(CACHE_TIER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(UPDATER, ENGINE, DEMO, COMMANDS)
        .check(podium);
  }

  @Test
  void theUpdaterDoesNotKnowTheEngine() {
    noClasses()
        .that()
        .resideInAPackage(UPDATER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE, DEMO, COMMANDS)
        .check(podium);
  }

  @Test
  void theEngineDoesNotKnowTheUpdater() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(UPDATER, DEMO, COMMANDS)
        .check(podium);
  }

  @Test
  void onlyTheHotTiersRoomTouchesTheChronicleMap() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "io\\.podium\\.store\\.hot\\.(HotTier|HotWriter|HotMap|HotReader|SystemCalls)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.openhft..")
        .check(podium);
  }

  @Test
  void theRankingCoreIsPure() {
    noClasses()
        .that()
        .resideInAPackage("io.podium.ranking.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..",
            "java.nio.file..",
            "java.sql..",
            "io.vertx..",
            "io.lettuce..",
            "com.mongodb..",
            "java.lang.Thread")
        .check(podium);
  }

  @Test
  void nothingBlocksWhereTheEventLoopRuns() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.podium.read.hit..",
            "io.podium.read.http..",
            "io.podium.read.admin..",
            "io.podium.read.page..",
            "io.podium.ranking.ingest..")
        .should()
        .callMethod(CompletableFuture.class, "join")
        .orShould()
        .callMethod(CompletableFuture.class, "get")
        .orShould()
        .callMethod(CompletableFuture.class, "get", long.class, TimeUnit.class)
        .orShould()
        .callMethod(Future.class, "get")
        .orShould()
        .callMethod(Future.class, "get", long.class, TimeUnit.class)
        .orShould()
        .callMethod(Object.class, "wait")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(CountDownLatch.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.podium.ranking.stream.Await")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "join")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "java.util.concurrent.locks..")
        .check(podium);
  }
}
