/** Loki's push protocol, JSON and protobuf, read into log lines. */
@NullMarked
package dev.dise.gateway.loki;

import org.jspecify.annotations.NullMarked;
