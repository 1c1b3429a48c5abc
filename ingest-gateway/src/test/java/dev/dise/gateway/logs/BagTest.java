package dev.dise.gateway.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BagTest {
    @Test
    void keepsEveryValueOfANameThatComesAgain() {
        Bag bag = new Bag();
        bag.put("a#2", "taken");
        bag.put("a", "1");
        bag.put("a", "2");
        bag.put("b", "x");
        bag.put("a", "3");
        assertThat(bag.object()).hasToString("{\"a#2\":\"taken\",\"a\":\"1\",\"a#3\":\"2\",\"b\":\"x\",\"a#4\":\"3\"}");
    }
}
