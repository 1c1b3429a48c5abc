package dev.dise.gateway.logs;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import dev.dise.schemas.Violation;
import java.util.List;

/** Why a push cannot be taken as a whole. */
public final class PushRefusal {
    private PushRefusal() {}

    /** It is not what its protocol says. */
    public static InvalidEventException malformed(String rule) {
        return of(Reason.MALFORMED, rule);
    }

    /** It is more than one push may be. */
    public static InvalidEventException tooLarge(String rule) {
        return of(Reason.TOO_LARGE, rule);
    }

    private static InvalidEventException of(Reason reason, String rule) {
        return new InvalidEventException(reason, List.of(new Violation("the push:", rule, null)));
    }
}
