/**
 * Alarms: {@code StandingAlarms} has the conditions and texts, {@code NodeAlarm} sends them. A new
 * alarm is added in {@code StandingAlarms}.
 */
@NullMarked
package io.sunchak.server.alarms;

import org.jspecify.annotations.NullMarked;
