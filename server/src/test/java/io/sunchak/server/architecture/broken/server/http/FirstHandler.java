package io.sunchak.server.architecture.broken.server.http;

import io.sunchak.server.architecture.broken.server.demo.SecondHandler;

public record FirstHandler(SecondHandler other) {}
