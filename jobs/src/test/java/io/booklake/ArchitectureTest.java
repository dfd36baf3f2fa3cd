package io.booklake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of module jobs and the doors between them. */
@AnalyzeClasses(
    packages = "io.booklake",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.WithoutTestsOfCommon.class
    })
class ArchitectureTest {
  /** Packed, they are tests that ArchUnit does not know for such. */
  static final class WithoutTestsOfCommon implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule FROM_THE_COMMAND_LINE_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("io.booklake.cli..")
          .layer("job")
          .definedBy("io.booklake.job..")
          .layer("verify")
          .definedBy("io.booklake.verify..")
          .layer("source")
          .definedBy("io.booklake.source..")
          .layer("landing")
          .definedBy("io.booklake.landing..")
          .layer("lake")
          .definedBy("io.booklake.lake..")
          .layer("spark")
          .definedBy("io.booklake.spark..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("verify")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("landing")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("lake")
          .mayOnlyBeAccessedByLayers("job", "source")
          .whereLayer("spark")
          .mayOnlyBeAccessedByLayers("cli", "job", "lake");

  @ArchTest
  static final ArchRule CHECKS_ARE_PLAIN_JAVA =
      noClasses()
          .that()
          .resideInAnyPackage("io.booklake.verify..", "io.booklake.landing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "io.delta..", "io.booklake.spark..");

  @ArchTest
  static final ArchRule JOBS_NEVER_CALL_ONE_ANOTHER =
      noClasses()
          .that()
          .haveNameMatching("io\\.booklake\\.job\\.\\w+Job")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("io\\.booklake\\.job\\.\\w+Job");

  @ArchTest
  static final ArchRule NOTHING_GOES_IN_CIRCLES =
      slices().matching("io.booklake.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_MAIN_ENDS_THE_PROCESS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.booklake.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class);
}
