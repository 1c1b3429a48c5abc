package dev.dise.runtime.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoomRulesTest {
    private static final JavaClasses MAIN_CODE = RoomRules.mainCode();

    @ParameterizedTest
    @MethodSource("rules")
    void theCodeBelowKeepsTheRules(ArchRule rule) {
        rule.check(MAIN_CODE);
    }

    @Test
    void theRulesSeeTheCode() {
        assertThat(MAIN_CODE).extracting("name").contains("dev.dise.runtime.ServiceMain", "dev.dise.schemas.Event");
        assertThat(MAIN_CODE).extracting("name").doesNotContain(RoomRulesTest.class.getName());
    }

    @Test
    void aForbiddenCallIsFound() {
        JavaClasses intruder = new ClassFileImporter().importClasses(ReadsTheEnvironment.class);
        assertThat(RoomRules.environmentIsReadOnce().evaluate(intruder).hasViolation())
                .isTrue();
    }

    static List<ArchRule> rules() {
        return RoomRules.all();
    }

    /** What the rules forbid. */
    static final class ReadsTheEnvironment {
        private ReadsTheEnvironment() {}

        static String home() {
            return System.getenv().getOrDefault("HOME", "");
        }
    }
}
