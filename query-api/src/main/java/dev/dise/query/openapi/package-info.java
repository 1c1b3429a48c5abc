/**
 * The OpenAPI 3.1 description of this service at {@code /openapi.json}, and a page that shows it at {@code /docs}.
 *
 * <p>Lists and their exports are described by what {@link dev.dise.query.Resources} says of them. Every other route has an
 * entry in one of the YAML files beside this package's resources, a file for each concern. Who adds a route adds its entry:
 *
 * <ol>
 *   <li>Make {@code <concern>.yaml} there with {@code tag}, {@code paths} and {@code schemas}, and name it in {@link Fragment#NAMES}.
 *   <li>Under {@code paths}, {@code GET /v1/things/{id}} has {@code summary}; {@code path} and {@code query} with a JSON
 *       Schema, a {@code description}, an {@code example} and {@code required} for each parameter; {@code body} (the schema of an
 *       object) and {@code bodyExample}; {@code answer} (a schema), {@code status} (200) and {@code media} (JSON); {@code scope}
 *       ({@code query}, {@code sql}, {@code emit}, {@code admin} or {@code none}); {@code refuses} with what else it may
 *       answer; {@code also} with a {@code description} and a {@code schema} for each status whose answer may have another form
 *       too; {@code exactlyOne} with the names of parameters of which one must be given, its examples being asked with the
 *       first; {@code job: true} where it answers 202 with a job.
 *   <li>{@code ContractIT} asks every path with its examples and holds each answer against its schema. It fails where a route
 *       has no entry, and where an entry has no route.
 * </ol>
 */
@NullMarked
package dev.dise.query.openapi;

import org.jspecify.annotations.NullMarked;
