/**
 * The scripts of {@code resources/lua}, the keys that they touch, the form of what these hold, and
 * what the reserve script's answers mean. Begin at {@code RedisScript}. Knows Redis and the domain.
 */
@NullMarked
package io.sunchak.admission.script;

import org.jspecify.annotations.NullMarked;
