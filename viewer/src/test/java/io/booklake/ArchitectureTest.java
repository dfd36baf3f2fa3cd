package io.booklake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The viewer sees common, and no file. */
@AnalyzeClasses(packages = "io.booklake", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule noPathOfAClientCanReachTheFileSystem =
      noClasses()
          .that()
          .resideInAPackage("io.booklake.viewer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "org.apache..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.File");

  @ArchTest
  static final ArchRule nobodyEndsTheProcess =
      noClasses().should().callMethod(System.class, "exit", int.class);
}
