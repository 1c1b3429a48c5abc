package dev.dise.gateway.wire;

import java.time.Duration;

/**
 * What a connection may cost.
 *
 * @param head from the first byte of a request to the end of its headers
 * @param body from the headers to the end of the body
 * @param idle between two requests
 * @param minBodyRate bytes a second that a body must bring
 * @param headBytes bytes of the headers
 * @param headers headers
 * @param uriBytes bytes of path and query
 * @param connections open at one time
 */
public record WireLimits(
        Duration head,
        Duration body,
        Duration idle,
        int minBodyRate,
        int headBytes,
        int headers,
        int uriBytes,
        int connections) {}
