package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    @Test
    void decodesNamesAndValuesAndKeepsRepetition() {
        Parameters parameters = Parameters.parse("a=1%202&b=x+y&a=%C3%A4&&c%3D=d=e");
        assertThat(parameters.all("a")).containsExactly("1 2", "ä");
        assertThat(parameters.all("b")).containsExactly("x y");
        assertThat(parameters.all("c=")).containsExactly("d=e");
        assertThat(parameters.all("none")).isEmpty();
        assertThat(Parameters.parse("").values()).isEmpty();
    }

    @Test
    void aListIsRepeatedOrHasCommas() {
        assertThat(Parameters.parse("t=a,b&t=c,%20b&t=,").list("t")).containsExactly("a", "b", "c");
    }

    @Test
    void aPlusInAPathIsAPlus() {
        assertThat(Parameters.decodeSegment("c++%20tool%2Fx")).isEqualTo("c++ tool/x");
    }

    @Test
    void namesTheAllowedFilters() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Parameters.parse("tool=1").requireOnly(List.of("tool_id", "q")))
                .withMessage("'tool' is not a filter here; allowed are tool_id, q")
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("unknown_filter"));
    }

    @Test
    void aStarStandsForAPath() {
        Parameters parameters = Parameters.parse("details.user.id=7&details.=8&q=x");
        parameters.requireOnly(List.of("details.*", "q"));
        assertThat(parameters.namesWith("details.")).containsExactly("details.user.id", "details.");
        for (String name : List.of("details", "metadata.x", "xdetails.y")) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> Parameters.parse(name + "=1").requireOnly(List.of("details.*", "q")))
                    .withMessageEndingWith("allowed are details.*, q");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "ten", "1.5", "99999999999", "1&limit=2", ""})
    void refusesOtherLimits(String value) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Page.of(Parameters.parse("limit=" + value)))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400))
                .withMessageStartingWith("limit must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%zz", "%0=1", "a=x%00y"})
    void refusesWhatIsNotText(String query) {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> Parameters.parse(query));
    }
}
