/**
 * Alarms. Most are conditions: {@code StandingAlarms} has them and their texts, {@code NodeAlarm}
 * sends them. A new one is a constant of {@code Observation.Kind} and two lines in {@code
 * StandingAlarms}; pages and API name the kinds too ({@code dashboard/src/lib/types.ts}, {@code
 * text/en.ts}, {@code text/ko.ts}, {@code openapi.yaml}). Single events raise their alarm where
 * they are handled: {@code observe.DrainTrouble} and {@code observe.ServingEvents}.
 */
@NullMarked
package io.sunchak.server.alarms;

import org.jspecify.annotations.NullMarked;
