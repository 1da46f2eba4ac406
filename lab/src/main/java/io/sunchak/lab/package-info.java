/**
 * Five ways to issue first come, first served, side by side, to be run, measured and learned from.
 *
 * <p>To compare the ways to issue, read {@code strategy}; the ways to drain the queue, {@code
 * drain}. {@code node} says which parts make up which strategy. The arrows go one way: {@code cli}
 * → {@code web} → {@code node} → {@code strategy}, {@code drain} → {@code failure} → {@code cache}
 * → {@code ledger} → {@code queue}.
 */
@NullMarked
package io.sunchak.lab;

import org.jspecify.annotations.NullMarked;
