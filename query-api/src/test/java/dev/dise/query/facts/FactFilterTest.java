package dev.dise.query.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.query.Parameters;
import dev.dise.schemas.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "max_failures=1 | {\"failures\":1} | true",
                "max_failures=1 | {\"failures\":2} | false",
                "max_failures=0 | {} | true",
                "max_open_critical_bugs=0 | {\"open_critical_bugs\":1} | false",
                "max_p95_latency_ms=2000 | {\"p95_latency_ms\":2000.0} | true",
                "max_p95_latency_ms=2000 | {\"p95_latency_ms\":2000.5} | false",
                "max_p95_latency_ms=2000 | {} | false",
                "max_p95_latency_ms=2000 unknown=keep | {} | true",
                "min_success_rate=0.9 | {\"success_rate\":0.9} | true",
                "min_success_rate=0.9 | {\"success_rate\":0.8} | false",
                "min_success_rate=0.9 unknown=keep | {\"success_rate\":0.8} | false",
                "min_success_rate=0 | {} | false",
                "max_failures=0 min_success_rate=0 | {\"success_rate\":0} | true"
            })
    void letsThroughWhatNoBoundForbids(String asked, String facts, boolean passes) {
        Map<String, List<String>> parameters = Stream.of(asked.split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
        FactFilter filter = FactFilter.of(new Parameters(parameters));
        assertThat(filter.passes(Json.mapper().readTree(facts))).isEqualTo(passes);
    }
}
