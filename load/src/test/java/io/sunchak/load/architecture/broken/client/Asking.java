package io.sunchak.load.architecture.broken.client;

import io.netty.channel.Channel;
import io.sunchak.load.architecture.broken.report.Asked;

/** Breaks every rule. */
public record Asking(Asked asked, Channel channel) {}
