/** The codes of coupons: computed from a key, never stored. */
@NullMarked
package io.sunchak.server.codes;

import org.jspecify.annotations.NullMarked;
