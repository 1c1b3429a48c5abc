package dev.dise.ingest.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EmittingLoggerTest {
    private static final String NAME = "org.example.Jdk";
    /** Held, since java.util.logging forgets loggers that nobody holds. */
    private static final Logger JUL = Logger.getLogger(NAME);

    private static final ResourceBundle TEXTS = new ListResourceBundle() {
        @Override
        protected Object[][] getContents() {
            return new Object[][] {{"greeting", "hello {0}"}};
        }
    };

    private final EmittedLines lines = new EmittedLines();
    private final List<LogRecord> passedOn = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            passedOn.add(entry);
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };
    private final System.Logger logger = logger(null);

    EmittingLoggerTest() {
        JUL.setUseParentHandlers(false);
        JUL.addHandler(handler);
    }

    @AfterEach
    void close() {
        JUL.removeHandler(handler);
        lines.close();
    }

    @Test
    void emitsAndPassesOn() {
        logger.log(System.Logger.Level.ERROR, "failed", new IllegalStateException("why"));
        ObjectNode line = lines.only();
        assertThat(line.get("tool_id").stringValue()).isEqualTo("Jdk");
        assertThat(line.get("log_level").stringValue()).isEqualTo("error");
        assertThat(line.get("message").stringValue()).isEqualTo("failed");
        assertThat(line.at("/details/logger").stringValue()).isEqualTo(NAME);
        assertThat(line.at("/details/exception/message").stringValue()).isEqualTo("why");
        assertThat(passedOn).singleElement().satisfies(entry -> {
            assertThat(entry.getLoggerName()).isEqualTo(NAME);
            assertThat(entry.getMessage()).isEqualTo("failed");
            assertThat(entry.getThrown()).hasMessage("why");
        });
    }

    @Test
    void formatsAsTheJdkDoes() {
        logger.log(System.Logger.Level.INFO, TEXTS, "greeting", "you");
        logger.log(System.Logger.Level.INFO, TEXTS, "missing");
        logger.log(System.Logger.Level.INFO, "{0", 1);
        logger.log(System.Logger.Level.INFO, (String) null);
        assertThat(lines.all())
                .extracting(line -> line.get("message").stringValue())
                .containsExactly("hello you", "missing", "{0", "null");
        assertThat(passedOn).hasSize(4);
    }

    @Test
    void anExceptionThatCannotTellOfItselfIsStillOne() {
        logger.log(System.Logger.Level.ERROR, "m", new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new UnsupportedOperationException("no");
            }
        });
        assertThat(lines.only().at("/details/exception/stack_trace").stringValue())
                .contains("UnsupportedOperationException");
    }

    @Test
    void emitsWhatIsLoggedAndNothingElse() {
        logger.log(System.Logger.Level.TRACE, "too low");
        logger.log(System.Logger.Level.OFF, "never");
        logger("t").log(System.Logger.Level.WARNING, "loud enough");
        assertThat(lines.only().get("tool_id").stringValue()).isEqualTo("t");
        assertThat(logger.getName()).isEqualTo(NAME);
        assertThat(logger.isLoggable(System.Logger.Level.DEBUG)).isFalse();
    }

    @Test
    void theFinderOnlyPassesOnWhereNoBrokerIsNamed() throws Exception {
        System.Logger found = new DiseLoggerFinder().getLogger(NAME, EmittingLoggerTest.class.getModule());
        found.log(System.Logger.Level.INFO, "m");
        assertThat(passedOn).singleElement().extracting(LogRecord::getMessage).isEqualTo("m");
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void theLibraryDoesNotTakeOverByItself() {
        assertThat(DiseLoggerFinder.class.getResource("/META-INF/services/java.lang.System$LoggerFinder"))
                .isNull();
    }

    private System.Logger logger(@Nullable String toolId) {
        return new EmittingLogger(new JulLogger(NAME), lines.emitter, toolId);
    }
}
