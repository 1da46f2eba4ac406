package io.sunchak.chaos.history;

import io.sunchak.judge.Invocation;

/**
 * One request of a user, and which server was asked.
 *
 * @param status of HTTP; 0 where no answer came
 */
public record Press(Invocation invocation, int server, int status) {}
