/** Campaigns for the handlers: operators' actions, queries, and what is cached of them. */
@NullMarked
package io.sunchak.server.campaigns;

import org.jspecify.annotations.NullMarked;
