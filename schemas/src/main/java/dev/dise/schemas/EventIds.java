package dev.dise.schemas;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Makes event ids, and maps any id to a UUID where a store wants one (RFC 9562, versions 7 and 5). Thread-safe. */
public final class EventIds {
    /** The longest id that is accepted, in characters. */
    public static final int MAX_LENGTH = 200;

    /** The name space of all UUIDv5 of this project: the UUIDv5 of {@code urn:dise} in the URL name space. */
    private static final UUID NAMESPACE = UUID.fromString("51109c52-502d-536a-99b9-d7e0716fcd46");

    private static final TimeBasedEpochGenerator VERSION_7 = Generators.timeBasedEpochGenerator();
    private static final NameBasedGenerator VERSION_5 = Generators.nameBasedGenerator(NAMESPACE);

    private EventIds() {}

    /** A new id that sorts by time of making. */
    public static String next() {
        return VERSION_7.generate().toString();
    }

    /** The same text gives the same UUIDv5, on every machine and for ever. */
    public static UUID nameBased(String name) {
        return VERSION_5.generate(name);
    }

    /** The id itself if it is a UUID in its usual form, else its UUIDv5. */
    public static UUID asUuid(String id) {
        if (id.length() != 36) {
            return nameBased(id);
        }
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            // Looks like one but is none: it gets one like any other text.
            return nameBased(id);
        }
    }
}
