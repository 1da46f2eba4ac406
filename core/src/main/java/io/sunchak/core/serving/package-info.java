/**
 * Keeps campaigns served: checks them, opens their gates, and makes a resync if Redis and the
 * ledger do not agree.
 */
@NullMarked
package io.sunchak.core.serving;

import org.jspecify.annotations.NullMarked;
