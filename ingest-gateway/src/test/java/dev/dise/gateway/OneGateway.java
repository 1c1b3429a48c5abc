package dev.dise.gateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests that share one gateway, whose outlet keeps what it is given and has nothing of earlier tests. */
abstract class OneGateway {
    static GatewayRig rig;

    @BeforeAll
    static void start() {
        rig = new GatewayRig(config -> config);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void forgetEarlierEvents() {
        rig.outlet.answer(ScriptedOutlet::inKafka);
        rig.outlet.keep(true);
        rig.outlet.forget();
    }
}
