package io.booklake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in common. A new package needs a line here. */
@AnalyzeClasses(packages = "io.booklake", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] PACKAGES = {
    "io.booklake.model..",
    "io.booklake.format..",
    "io.booklake.simulate..",
    "io.booklake.book..",
    "io.booklake.table..",
    "io.booklake.aggregate..",
    "io.booklake.hub..",
    "io.booklake.delta..",
    "io.booklake.read..",
    "io.booklake.serve.."
  };

  @ArchTest
  static final ArchRule everyPackageHasItsPlace = classes().should().resideInAnyPackage(PACKAGES);

  @ArchTest static final ArchRule modelKnowsNobody = knows("model");

  @ArchTest static final ArchRule formatKnowsTheModel = knows("format", "model");

  @ArchTest static final ArchRule simulateKnowsFormat = knows("simulate", "model", "format");

  @ArchTest static final ArchRule bookKnowsFormat = knows("book", "model", "format");

  @ArchTest static final ArchRule tableKnowsTheModel = knows("table", "model");

  @ArchTest static final ArchRule hubKnowsTheModel = knows("hub", "model");

  @ArchTest
  static final ArchRule aggregateKnowsFormatAndTable =
      knows("aggregate", "model", "format", "table");

  @ArchTest static final ArchRule deltaKnowsTheTables = knows("delta", "table");

  @ArchTest
  static final ArchRule readKnowsTableBookAndDelta =
      knows("read", "model", "format", "table", "book", "delta");

  @ArchTest static final ArchRule serveKnowsTheReader = knows("serve", "read");

  @ArchTest
  static final ArchRule aggregationsNeitherReadNorWrite =
      noClasses()
          .that()
          .resideInAPackage(in("aggregate"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "org.apache..");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.booklake.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule sparkAndScalaStayInJobs =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "io.delta.spark..");

  @ArchTest
  static final ArchRule loggingIsNotTheJdks =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging..");

  @ArchTest
  static final ArchRule nobodyEndsTheProcess =
      noClasses().should().callMethod(System.class, "exit", int.class);

  /** Of booklake's packages, {@code name} depends on {@code others} and itself alone. */
  private static ArchRule knows(String name, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(in(name))
        .should()
        .dependOnClassesThat(isOursOutside(name, others));
  }

  private static DescribedPredicate<JavaClass> isOursOutside(String name, String... others) {
    DescribedPredicate<JavaClass> allowed = JavaClass.Predicates.resideInAPackage(in(name));
    for (String other : others) {
      allowed = allowed.or(JavaClass.Predicates.resideInAPackage(in(other)));
    }
    return JavaClass.Predicates.resideInAPackage("io.booklake..")
        .and(DescribedPredicate.not(allowed));
  }

  private static String in(String name) {
    return "io.booklake." + name + "..";
  }
}
