package io.sunchak.server.architecture.broken.server.demo;

import io.sunchak.server.architecture.broken.server.http.FirstHandler;

public record SecondHandler(FirstHandler other) {}
