/** What tests of several rooms need: a ledger on real PostgreSQL, and an operator's own session. */
@NullMarked
package io.sunchak.ledger.testing;

import org.jspecify.annotations.NullMarked;
