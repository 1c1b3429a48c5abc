package dev.dise.bench.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the same question again and again, and remembers when the answers came and what they were. */
public final class Asking implements AutoCloseable {
    private final Question question;
    private final Duration pause;
    private final Thread thread;
    private final List<Answer> answers = new ArrayList<>();
    private long failures;
    private volatile boolean stopped;

    /** Something that may fail, of which the answer may only grow. */
    @FunctionalInterface
    public interface Question {
        long ask() throws Exception;
    }

    private record Answer(long asked, long came, long value) {
        boolean isWithin(Window window) {
            return came >= window.from() && asked <= window.to();
        }
    }

    private Asking(String name, Duration pause, Question question) {
        this.question = question;
        this.pause = pause;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public static Asking start(String name, Duration pause, Question question) {
        Asking asking = new Asking(name, pause, question);
        asking.thread.start();
        return asking;
    }

    /** How many questions failed or were answered with less than one before. */
    public synchronized long failures() {
        long most = Long.MIN_VALUE;
        long less = 0;
        for (Answer answer : answers) {
            less += answer.value() < most ? 1 : 0;
            most = Math.max(most, answer.value());
        }
        return failures + less;
    }

    /** The longest that an answer took of those that were waited for in that time. */
    public synchronized double longestAnswerMillis(Window window) {
        return answers.stream()
                        .filter(answer -> answer.isWithin(window))
                        .mapToLong(answer -> answer.came() - answer.asked())
                        .max()
                        .orElse(0)
                / 1e6;
    }

    /** The longest that the answer stayed the same, of what reaches into that time. */
    public synchronized double longestStillMillis(Window window) {
        long longest = 0;
        Answer changed = null;
        for (Answer answer : answers) {
            if (changed != null && changed.value() == answer.value()) {
                continue;
            }
            if (changed != null && answer.came() >= window.from() && changed.came() <= window.to()) {
                longest = Math.max(longest, answer.came() - changed.came());
            }
            changed = answer;
        }
        return longest / 1e6;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            ask();
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void ask() {
        long asked = System.nanoTime();
        try {
            long value = question.ask();
            Answer answer = new Answer(asked, System.nanoTime(), value);
            synchronized (this) {
                answers.add(answer);
            }
        } catch (Exception e) {
            synchronized (this) {
                failures++;
            }
        }
    }
}
