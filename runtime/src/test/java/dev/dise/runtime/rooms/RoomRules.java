package dev.dise.runtime.rooms;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** Who may use what. A module that sees all others imports the classes and checks each rule. */
public final class RoomRules {
    private static final String OURS = "dev.dise..";
    private static final List<String> SERVICES =
            List.of("dev.dise.pg", "dev.dise.rag", "dev.dise.router", "dev.dise.gateway", "dev.dise.query");

    private RoomRules() {}

    /** The main code of this project on the class path. */
    public static JavaClasses mainCode() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // A test-jar is a jar like any other, so its name tells.
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.dise");
    }

    /** Every rule; its description says what it forbids. */
    public static List<ArchRule> all() {
        List<ArchRule> rules = new ArrayList<>(List.of(
                sqlStaysWithItsStores(),
                qdrantStaysWithItsStores(),
                jacksonTwoIsNobodys(),
                environmentIsReadOnce(),
                packagesHaveNoCycles()));
        rules.addAll(servicesDoNotKnowEachOther());
        return List.copyOf(rules);
    }

    static ArchRule sqlStaysWithItsStores() {
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .resideOutsideOfPackages("dev.dise.pg..", "dev.dise.query..", "dev.dise.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                .allowEmptyShould(true);
    }

    static ArchRule qdrantStaysWithItsStores() {
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .resideOutsideOfPackages("dev.dise.rag..", "dev.dise.query..", "dev.dise.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.qdrant..")
                .allowEmptyShould(true);
    }

    static ArchRule jacksonTwoIsNobodys() {
        // The annotations are shared by Jackson 2 and 3; only the binding has two packages.
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .allowEmptyShould(true);
    }

    static ArchRule environmentIsReadOnce() {
        // The library that a tool embeds has no config file; what a tool does not say, its environment does.
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .resideOutsideOfPackages("dev.dise.runtime.config..", "dev.dise.cli..", "dev.dise.ingest")
                .and()
                .doNotHaveFullyQualifiedName("dev.dise.runtime.ServiceMain")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .allowEmptyShould(true);
    }

    static ArchRule packagesHaveNoCycles() {
        return slices().matching("dev.dise.(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    static List<ArchRule> servicesDoNotKnowEachOther() {
        return SERVICES.stream().map(RoomRules::knowsNoOtherService).toList();
    }

    private static ArchRule knowsNoOtherService(String service) {
        String[] others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true);
    }
}
