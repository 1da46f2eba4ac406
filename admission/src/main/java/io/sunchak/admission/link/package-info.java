/**
 * Connections to Redis. Begin at {@code Link}, a connection that is made anew when it is lost;
 * {@code RedisLink} makes it by Lettuce, {@code RedisGuard} checks the settings of the Redis behind
 * it, {@code RedisClock} knows its time, {@code Pipeline} asks many things in one write, and {@code
 * RedisCause} says why none can be had.
 */
@NullMarked
package io.sunchak.admission.link;

import org.jspecify.annotations.NullMarked;
