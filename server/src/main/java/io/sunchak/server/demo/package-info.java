/** What is there to try out where the demo was seeded. */
@NullMarked
package io.sunchak.server.demo;

import org.jspecify.annotations.NullMarked;
