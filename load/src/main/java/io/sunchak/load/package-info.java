/**
 * {@code ./sunchak drop}. Its load, like the bench's, is sent by {@link
 * io.sunchak.load.generator.LoadGenerator}, the only HTTP client written here. The few calls that
 * are wanted for their answers (create a campaign, read the ledger's pages) go through {@link
 * io.sunchak.load.ApiClient}, the JDK's client with a limit on what is in flight: the generator
 * sends one kind of request and keeps of a body one field.
 */
@NullMarked
package io.sunchak.load;

import org.jspecify.annotations.NullMarked;
