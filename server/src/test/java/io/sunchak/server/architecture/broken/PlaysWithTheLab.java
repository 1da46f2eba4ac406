package io.sunchak.server.architecture.broken;

import io.sunchak.server.architecture.broken.lab.Toy;

record PlaysWithTheLab(Toy toy) {}
