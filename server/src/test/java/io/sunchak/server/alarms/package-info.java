@NullMarked
package io.sunchak.server.alarms;

import org.jspecify.annotations.NullMarked;
