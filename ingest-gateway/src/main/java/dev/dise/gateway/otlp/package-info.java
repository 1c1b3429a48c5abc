/** OpenTelemetry's logs over HTTP, JSON and protobuf, read into log lines; and the answers that its exporters expect. */
@NullMarked
package dev.dise.gateway.otlp;

import org.jspecify.annotations.NullMarked;
