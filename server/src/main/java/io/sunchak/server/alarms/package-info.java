/**
 * Alarms. Most are conditions: {@code StandingAlarms} has them and their texts, {@code NodeAlarm}
 * sends them. A new one is a constant of {@code Observation.Kind} and two lines in {@code
 * StandingAlarms}; a value that nobody reads yet comes into {@code Observer.Seen} first. Pages, API
 * and documents name the kinds too ({@code dashboard/src/lib/types.ts}, {@code
 * dashboard/src/dashboard/Alarms.svelte}, {@code dashboard/src/text/en.ts} and {@code ko.ts},
 * {@code server/src/main/resources/openapi.yaml}, {@code docs/operations.md}, and {@code
 * operations/prometheus} for who watches from there). Single events raise their alarm where they
 * are handled: {@code observe.DrainTrouble} and {@code observe.ServingEvents}.
 */
@NullMarked
package io.sunchak.server.alarms;

import org.jspecify.annotations.NullMarked;
