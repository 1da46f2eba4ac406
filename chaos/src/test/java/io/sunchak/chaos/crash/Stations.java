package io.sunchak.chaos.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** {@link Station}s that cases share: each is started when none is free. Thread-safe. */
final class Stations implements AutoCloseable {
  private final Deque<Station> free = new ArrayDeque<>();
  private final List<Station> all = new ArrayList<>();

  /** One that nobody else has until it is given back. */
  synchronized Station take() throws IOException, InterruptedException, SQLException {
    if (free.isEmpty()) {
      Path runs = Files.createDirectories(Path.of("target/crash-points"));
      Station one = Station.start(Files.createTempDirectory(runs, "station-").toAbsolutePath());
      all.add(one);
      free.add(one);
    }
    return free.remove();
  }

  synchronized void giveBack(Station station) {
    free.add(station);
  }

  @Override
  public synchronized void close() {
    all.forEach(Station::close);
  }
}
