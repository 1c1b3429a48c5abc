package dev.dise.gateway.otlp;

/** The names under which a record's parts are kept in the details of its event. */
final class Names {
    static final String RESOURCE = "resource";
    static final String SCOPE = "scope";
    static final String ATTRIBUTES = "attributes";
    static final String DROPPED_ATTRIBUTES = "dropped_attributes_count";
    static final String SCHEMA_URL = "schema_url";
    static final String NAME = "name";
    static final String VERSION = "version";
    static final String BODY = "body";
    static final String EVENT_NAME = "event_name";
    static final String SEVERITY_NUMBER = "severity_number";
    static final String SEVERITY_TEXT = "severity_text";
    static final String TRACE_ID = "trace_id";
    static final String SPAN_ID = "span_id";
    static final String FLAGS = "flags";
    static final String OBSERVED_TIME = "observed_time";

    private Names() {}
}
