/** What an operator changes of a campaign: in the ledger first, then in Redis. */
@NullMarked
package io.sunchak.core.config;

import org.jspecify.annotations.NullMarked;
