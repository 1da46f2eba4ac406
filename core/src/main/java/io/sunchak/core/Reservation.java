package io.sunchak.core;

import java.time.Instant;

/**
 * An issue accepted in Redis: one entry of the log.
 *
 * @param epoch the campaign's epoch in which the script accepted it
 * @param sequence 1..n in order of arrival
 * @param user as the log holds it: written as a {@link UserId}, but read back as any text
 * @param acceptedAt by Redis' clock, in milliseconds
 */
public record Reservation(long epoch, long sequence, String user, Instant acceptedAt) {}
