package dev.dise.schemas;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads and writes times in the one form of this project, {@code 2026-01-31T08:15:00.000001Z}, digit by digit. */
final class UsualTime {
    private static final String FORM = "0000-00-00T00:00:00.000000Z";
    private static final int SECONDS_OF_DAY = 86_400;

    private UsualTime() {}

    /** Null for every other form and for what is no time: another parser decides. */
    static @Nullable Instant parse(String text) {
        if (!hasForm(text)) {
            return null;
        }
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        int year = number(text, 0, 4);
        if (day > 28 && day > LocalDate.of(year, month, 1).lengthOfMonth()) {
            return null;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(
                days * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second, number(text, 20, 26) * 1000L);
    }

    /** Null for what has no four digits of a year: another formatter writes it. */
    static @Nullable String format(Instant time) {
        long seconds = time.getEpochSecond();
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_OF_DAY));
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return null;
        }
        int second = (int) Math.floorMod(seconds, (long) SECONDS_OF_DAY);
        byte[] text = FORM.getBytes(ISO_8859_1);
        write(text, date.getYear(), 0, 4);
        write(text, date.getMonthValue(), 5, 7);
        write(text, date.getDayOfMonth(), 8, 10);
        write(text, second / 3600, 11, 13);
        write(text, second / 60 % 60, 14, 16);
        write(text, second % 60, 17, 19);
        write(text, time.getNano() / 1000, 20, 26);
        return new String(text, ISO_8859_1);
    }

    private static void write(byte[] text, int number, int from, int to) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
