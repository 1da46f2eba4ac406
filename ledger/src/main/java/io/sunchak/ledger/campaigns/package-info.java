/** Campaigns, their configuration and how far each is. */
@NullMarked
package io.sunchak.ledger.campaigns;

import org.jspecify.annotations.NullMarked;
