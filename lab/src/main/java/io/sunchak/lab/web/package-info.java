/** The HTTP API: one table of calls, served by either stack. */
@NullMarked
package io.sunchak.lab.web;

import org.jspecify.annotations.NullMarked;
