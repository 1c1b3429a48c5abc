package dev.dise.query;

import dev.dise.runtime.config.ConfigException;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.InvalidEventException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers of what operations on the line throw: their messages are for people, and say what to do. */
public final class Troubles {
    private static final Logger log = LoggerFactory.getLogger(Troubles.class);

    private Troubles() {}

    /** Answers the same, and says what is in the way. */
    public static Answering told(Answering answering) {
        return question -> {
            try {
                return answering.answer(question);
            } catch (InvalidEventException e) {
                throw new RefusedException(Problem.refused("the data would be refused again: " + e.explanation()));
            } catch (ConfigException | IllegalArgumentException e) {
                throw new RefusedException(Problem.refused(String.valueOf(e.getMessage())));
            } catch (KafkaException e) {
                throw new StoreUnavailableException("Kafka does not answer", e);
            } catch (IllegalStateException e) {
                throw inTheWay(e);
            }
        };
    }

    private static RefusedException inTheWay(IllegalStateException e) throws StoreUnavailableException {
        String message = String.valueOf(e.getMessage());
        if (e.getCause() instanceof KafkaException) {
            throw new StoreUnavailableException(message, e);
        }
        log.atWarn().addKeyValue("reason", message).setCause(e).log("operation refused");
        return new RefusedException(Problem.conflict(message));
    }
}
