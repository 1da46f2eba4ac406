/** Public reads of campaigns, and users' reads of their own coupon. */
@NullMarked
package io.sunchak.server.http.campaigns;

import org.jspecify.annotations.NullMarked;
