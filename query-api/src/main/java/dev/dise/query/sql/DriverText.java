package dev.dise.query.sql;

import java.util.ArrayList;
import java.util.List;

/** The text of a statement as the driver takes it; and where its pieces are when PostgreSQL gets it. */
final class DriverText {
    private final boolean named;
    private final StringBuilder text = new StringBuilder();
    private final List<String> values = new ArrayList<>();
    private final List<SqlPlaces.Pair> places = new ArrayList<>();
    private int server;

    DriverText(boolean named) {
        this.named = named;
    }

    void add(SqlToken token) {
        places.add(new SqlPlaces.Pair(server, token.at()));
        switch (token.kind()) {
            case POSITION -> value(token.text().substring(1));
            case NAME -> value(token.text().substring(2, token.text().length() - 2));
            default -> plain(token);
        }
    }

    String text() {
        return text.toString();
    }

    List<String> values() {
        return List.copyOf(values);
    }

    SqlPlaces places() {
        return new SqlPlaces(places);
    }

    private void value(String name) {
        values.add(name);
        text.append('?');
        server += ("$" + values.size()).length();
    }

    /** Where values have names, two percent signs are one, as the drivers of Python have it. */
    private void plain(SqlToken token) {
        String plain = named ? token.text().replace("%%", "%") : token.text();
        text.append(token.is("?") ? "??" : plain);
        server += plain.length();
    }
}
