package dev.dise.pg;

/**
 * A column that takes its value from a field of the data. All values travel as text and are cast by the server.
 *
 * @param name of the column
 * @param field of the data
 */
record Column(String name, String field, Type type) {
    /** What the server casts the text to. */
    enum Type {
        TEXT("%s"),
        /** A text that is empty, never null. */
        LABEL("%s"),
        JSONB("%s::jsonb"),
        TIMESTAMPTZ("%s::timestamptz"),
        NUMERIC("%s::numeric"),
        DOUBLE("%s::double precision"),
        /** JSON may write a whole number as 3.0, which bigint does not read. */
        BIGINT("%s::numeric::bigint"),
        /** Null is false: the column has no third state. */
        FLAG("COALESCE(%s::boolean, FALSE)");

        private final String cast;

        Type(String cast) {
            this.cast = cast;
        }

        String cast(String expression) {
            return cast.formatted(expression);
        }
    }

    static Column text(String name) {
        return new Column(name, name, Type.TEXT);
    }

    static Column json(String name) {
        return new Column(name, name, Type.JSONB);
    }

    static Column typed(String name, Type type) {
        return new Column(name, name, type);
    }
}
