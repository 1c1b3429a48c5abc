package dev.dise.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.dise.runtime.rooms.RoomRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who may use what, over all rooms: this module sees every other. */
class RoomsTest {
    @TestFactory
    Stream<DynamicTest> everyRoomKeepsToItsLine() {
        JavaClasses mainCode = RoomRules.mainCode();
        return RoomRules.all().stream()
                .map((ArchRule rule) -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(mainCode)));
    }
}
