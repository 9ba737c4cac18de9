package org.diskferry.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The walls between the modules, as docs/ARCHITECTURE.md draws them.
class ArchitectureTest {
  private static final String ROOT = "org.diskferry.";

  /// Module to the modules that it may import. `app` and `bench` may import all.
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.of(
          "access", List.of(),
          "job", List.of(),
          "media", List.of(),
          "mkfs", List.of("media"),
          "store", List.of("access"),
          "postgres", List.of(),
          "depot", List.of("access"),
          "station", List.of("job", "media", "mkfs", "store"),
          "server", List.of("job", "access", "store"),
          "tool", List.of("job", "access", "media"));

  // The jars that fixtures ride in are tests, too: they may use each other as they like.
  private static JavaClasses all;

  @BeforeAll
  static void readClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.diskferry");
  }

  @TestFactory
  List<DynamicTest> aModuleImportsOnlyWhatItMay() {
    List<DynamicTest> tests = new ArrayList<>();
    MAY_IMPORT.forEach((module, allowed) ->
        tests.add(DynamicTest.dynamicTest(module, () -> check(module, allowed))));
    return tests;
  }

  private static void check(String module, List<String> allowed) {
    List<String> forbidden = new ArrayList<>();
    for (String other : MAY_IMPORT.keySet()) {
      if (!other.equals(module) && !allowed.contains(other)) {
        forbidden.add(ROOT + other + "..");
      }
    }
    forbidden.add(ROOT + "app..");
    forbidden.add(ROOT + "bench..");
    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.toArray(String[]::new))
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void mediaUsesNothingButTheJdkAndForEncryptionBouncyCastle() {
    classes()
        .that()
        .resideInAPackage(ROOT + "media.crypt..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "media..",
            "java..",
            "javax.crypto..",
            "org.bouncycastle.crypto..",
            "org.jspecify..")
        .check(all);
    classes()
        .that()
        .resideInAPackage(ROOT + "media..")
        .and()
        .resideOutsideOfPackage(ROOT + "media.crypt..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + "media..", "java..", "org.jspecify..")
        .check(all);
  }

  @Test
  void onlyTheRegistryKnowsSqlInTheServer() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "server..")
        .and()
        .resideOutsideOfPackage(ROOT + "server.registry..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..")
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void onlyServerHttpKnowsTheWebLibrary() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "server..")
        .and()
        .resideOutsideOfPackage(ROOT + "server.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jetty..")
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void nativeCallsStayBehindTheirFacades() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + "media.block.linux..", ROOT + "mkfs.ntfs..", ROOT + "mkfs.ext..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .allowEmptyShould(true)
        .check(all);
  }
}
