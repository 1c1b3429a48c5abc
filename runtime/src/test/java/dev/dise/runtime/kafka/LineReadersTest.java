package dev.dise.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.config.DiseConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.junit.jupiter.api.Test;

class LineReadersTest {
    private final LineReaders readers = new LineReaders(DiseConfig.defaults());

    @Test
    void aLineThatNobodyHasReadYetHasTheReadersOfTheConfig() {
        assertThat(readers.among(List.of()))
                .extracting(reader -> reader.name() + " " + reader.group())
                .containsExactly(
                        "router dise-router",
                        "pg-sink pg-sink-g1",
                        "rag-sink (embed) rag-sink-embed-g1",
                        "rag-sink (write) rag-sink-g1");
    }

    @Test
    void theOnlyGenerationHasThePlainNameWhateverItsNumber() {
        assertThat(names(inUse("pg-sink-g7"))).contains("pg-sink").noneMatch(name -> name.contains("g7"));
    }

    @Test
    void eachOfSeveralGenerationsIsAReader() {
        assertThat(names(inUse("pg-sink-g10"), inUse("pg-sink-g9"), inUse("rag-sink-g2"), inUse("rag-sink-embed-g1")))
                .containsExactly("router", "pg-sink (g9)", "pg-sink (g10)", "rag-sink (embed)", "rag-sink (write)");
    }

    @Test
    void aGroupThatNobodyIsInIsLeftOverWhereAnotherIsInUse() {
        assertThat(names(empty("pg-sink-g1"), inUse("pg-sink-g2"))).contains("pg-sink");
        assertThat(names(empty("pg-sink-g1"), empty("pg-sink-g2"))).contains("pg-sink (g1)", "pg-sink (g2)");
    }

    private List<String> names(GroupListing... groups) {
        return readers.among(Arrays.asList(groups)).stream()
                .map(LineReaders.Reader::name)
                .toList();
    }

    private static GroupListing inUse(String name) {
        return group(name, GroupState.STABLE);
    }

    private static GroupListing empty(String name) {
        return group(name, GroupState.EMPTY);
    }

    private static GroupListing group(String name, GroupState state) {
        return new GroupListing(name, Optional.of(GroupType.CLASSIC), "consumer", Optional.of(state));
    }
}
