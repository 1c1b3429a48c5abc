package dev.dise.operations.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void valuesIdsAndNumbersDoNotTellCausesApart() {
        Fingerprint first = schema(
                "/severity must be one of low, high but is \"urgent 1\"; /metrics/17/value must be at least 0 but is \"-3.5\"");
        Fingerprint second = schema(
                "/severity must be one of low, high but is \"n/a; /x\"; /metrics/4/value must be at least 0 but is \"-11\"");
        assertThat(first).isEqualTo(second);
        assertThat(first.message())
                .isEqualTo(
                        "/severity must be one of low, high but is \"?\"; /metrics/<n>/value must be at least <n> but is \"?\"");
        assertThat(schema("no 51109c52-502d-536a-99b9-d7e0716fcd46 and 1f0a9bcd"))
                .isEqualTo(schema("no 01923c52-502d-736a-99b9-d7e0716fcd47 and 99f0ab12cd"));
    }

    @Test
    void pathStageAndReasonTellThemApart() {
        assertThat(schema("/a is required")).isNotEqualTo(schema("/b is required"));
        assertThat(Fingerprint.of("router", "ENVELOPE", "x").hash())
                .isNotEqualTo(Fingerprint.of("pg-sink", "ENVELOPE", "x").hash())
                .isNotEqualTo(Fingerprint.of("router", "MALFORMED", "x").hash())
                .hasSize(10);
    }

    @Test
    void aMessageThatWasCutWithinAValueIsLikeTheOthers() {
        assertThat(schema("/a must be b but is \"xyz")).isEqualTo(schema("/a must be b but is \"q\""));
    }

    @Test
    void wordsOfHexadecimalLettersAreNoIds() {
        assertThat(schema("a defaced facade").message()).isEqualTo("a defaced facade");
    }

    @Test
    void saysWhichPathsAreWrong() {
        assertThat(Fingerprint.paths(
                        "/a is required; /b/0 must be x but is \"1; /c\"; the event is odd; /a is required"))
                .containsExactly("/a", "/b/0");
        assertThat(Fingerprint.paths("the event is empty")).isEmpty();
    }

    private static Fingerprint schema(String message) {
        return Fingerprint.of("pg-sink", "SCHEMA", message);
    }
}
