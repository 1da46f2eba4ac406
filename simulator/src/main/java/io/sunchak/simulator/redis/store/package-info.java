/**
 * The keyspace and its commands, as Redis 7 documents them. Strings are bytes: each character is
 * one, from 0 to 255. Begin at {@code Commands}.
 */
@NullMarked
package io.sunchak.simulator.redis.store;

import org.jspecify.annotations.NullMarked;
