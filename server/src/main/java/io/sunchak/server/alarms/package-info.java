/** Which alarms stand, and how they reach people. */
@NullMarked
package io.sunchak.server.alarms;

import org.jspecify.annotations.NullMarked;
