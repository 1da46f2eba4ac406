package io.sunchak.chaos.soak;

import java.time.Duration;

/**
 * What the cluster held at one moment between two cycles.
 *
 * @param at since the begin of the soak
 * @param descriptors open ones of the server that is never killed
 * @param threads of the operating system, of the same server
 * @param heap bytes in use after a full collection, of the same server
 * @param resident bytes of the same server that the system keeps in memory
 * @param redis bytes of Redis' data, without buffers of clients and of the log
 * @param coupons given so far
 */
public record Sample(
    Duration at,
    long descriptors,
    long threads,
    long heap,
    long resident,
    long redis,
    long coupons) {}
