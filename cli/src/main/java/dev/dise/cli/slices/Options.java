package dev.dise.cli.slices;

import dev.dise.cli.Moment;
import dev.dise.cli.Operator;
import dev.dise.schemas.EventType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads what options say; what is wrong is a mistake of the command line. */
record Options(CommandSpec spec) {
    /** Null if the option is not given. */
    @Nullable
    Instant moment(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return Moment.parse(text, Instant.now())
                .orElseThrow(() -> mistake(option + " must be " + Moment.RULE + ", but is '" + text + "'"));
    }

    Set<EventType> types(List<String> names) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        names.forEach(name -> types.add(type(name)));
        return types;
    }

    EventType type(String name) {
        return EventType.forWireName(name)
                .orElseThrow(() -> mistake("there is no event type '" + name + "'; there are "
                        + String.join(", ", EventType.wireNames())));
    }

    void require(boolean good, String rule) {
        if (!good) {
            throw mistake(rule);
        }
    }

    private ParameterException mistake(String rule) {
        return new ParameterException(spec.commandLine(), rule);
    }

    /** Who runs this. */
    static String user() {
        return Operator.name();
    }
}
