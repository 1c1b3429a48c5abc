package dev.dise.query.sql;

import dev.dise.operations.audit.AuditEntry;
import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Answers statements, few at once, and has each of them noted before anybody gets its answer. Thread-safe. */
final class SqlDesk implements AutoCloseable {
    private static final int AT_ONCE = 2;

    private final SqlRun run;
    private final SqlBook book;
    private final Semaphore places = new Semaphore(AT_ONCE);

    SqlDesk(SqlRun run, SqlBook book) {
        this.run = run;
        this.book = book;
    }

    /**
     * Answers one.
     *
     * @throws RefusedException if it is none that can be answered
     */
    SqlAnswer answer(Question question) throws StoreUnavailableException {
        if (!places.tryAcquire()) {
            throw new RefusedException(
                    Problem.unavailable("enough statements run already, " + AT_ONCE + " at once; ask again"));
        }
        try {
            return noted(question);
        } finally {
            places.release();
        }
    }

    private SqlAnswer noted(Question question) throws StoreUnavailableException {
        long began = System.nanoTime();
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("statement", shortened(question.body().path("sql").asString("")));
        SqlAnswer answer;
        try {
            answer = run.answer(SqlOrder.of(question));
        } catch (RefusedException e) {
            detail.put("reason", e.problem().detail());
            note(question, SqlBook.REFUSED, detail, began);
            throw e;
        } catch (StoreUnavailableException e) {
            noteFailed(question, detail, began, e);
            throw e;
        }
        detail.put("rows", Integer.toString(answer.count()));
        detail.put("truncated", Boolean.toString(answer.truncated()));
        note(question, AuditEntry.DONE, detail, began);
        return answer;
    }

    private void noteFailed(Question question, Map<String, String> detail, long began, Exception failure) {
        try {
            note(question, SqlBook.FAILED, detail, began);
        } catch (StoreUnavailableException e) {
            failure.addSuppressed(e);
        }
    }

    private void note(Question question, String outcome, Map<String, String> detail, long began)
            throws StoreUnavailableException {
        detail.put(
                "ms", Long.toString(Duration.ofNanos(System.nanoTime() - began).toMillis()));
        book.note(question.by(), outcome, detail);
    }

    private static String shortened(String text) {
        return text.length() <= SqlStatement.LONGEST ? text : text.substring(0, SqlStatement.LONGEST) + "…";
    }

    @Override
    public void close() {
        book.close();
    }
}
