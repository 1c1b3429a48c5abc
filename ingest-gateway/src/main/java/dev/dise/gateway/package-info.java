/** The door over HTTP: events in, accepted once Kafka has acknowledged them, refused with every broken rule. */
@NullMarked
package dev.dise.gateway;

import org.jspecify.annotations.NullMarked;
