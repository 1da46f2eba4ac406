/**
 * What every module's tests share: the contract of an issuer, the checker of the invariants, and
 * in-memory engines with the real ones' refusals.
 */
@NullMarked
package io.sunchak.core.testing;

import org.jspecify.annotations.NullMarked;
