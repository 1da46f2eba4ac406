/**
 * Keeps campaigns served: checks them, opens their gates, and makes a resync if Redis and the
 * ledger do not agree.
 *
 * <p>Where a loss is noticed. Each place shuts or refuses by itself and asks the {@code CheckQueue}
 * for a check; only {@link io.sunchak.core.serving.ServingCheck} begins a repair, by {@link
 * io.sunchak.core.resync.Resync}.
 *
 * <table>
 *   <caption>Who notices what</caption>
 *   <tr><th>place</th><th>what it sees</th></tr>
 *   <tr><td>{@code reserve.lua}</td><td>keys are missing or damaged, of another ledger or epoch; the
 *     holders are not as many as the numbers; the witness has not its number</td></tr>
 *   <tr><td>{@code admission.issue.Grant.follows}</td><td>a reply knows fewer numbers than an earlier
 *     one left</td></tr>
 *   <tr><td>{@code drain_read.lua}</td><td>as {@code reserve.lua}; the log lacks the entry after the
 *     cursor; the user at the cursor has not its number</td></tr>
 *   <tr><td>{@code core.drain.DrainPass.follows}</td><td>what was read is not the cursor's next
 *     numbers, or of another epoch</td></tr>
 *   <tr><td>{@code core.drain.BacklogLook.fits}</td><td>of a campaign that nobody drains: numbers,
 *     holders, epoch or fence do not fit the ledger</td></tr>
 *   <tr><td>{@code core.promise.PromiseWatch}</td><td>the ledger lacks a promise up to its cursor
 *     ({@code Promises.areKept})</td></tr>
 *   <tr><td>{@link io.sunchak.core.serving.ServingCheck}</td><td>all of it before a gate opens, and a
 *     ledger that went back: a lower cursor or epoch than this node has seen</td></tr>
 * </table>
 */
@NullMarked
package io.sunchak.core.serving;

import org.jspecify.annotations.NullMarked;
