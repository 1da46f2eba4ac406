/** What anybody may read of campaigns, and users of their own coupon. */
@NullMarked
package io.sunchak.server.http.campaigns;

import org.jspecify.annotations.NullMarked;
