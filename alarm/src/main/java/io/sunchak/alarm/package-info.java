/** Alarms for operators, sent to a webhook. */
@NullMarked
package io.sunchak.alarm;

import org.jspecify.annotations.NullMarked;
