/** The domain: campaigns, coupons, and the outcomes of an issue. */
@NullMarked
package io.sunchak.core;

import org.jspecify.annotations.NullMarked;
