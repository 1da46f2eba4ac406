/** What operators do to campaigns, and what is known of them without asking the engines. */
@NullMarked
package io.sunchak.server.campaigns;

import org.jspecify.annotations.NullMarked;
