package io.sunchak.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drops as child processes, by scripts that stand in for {@code ./sunchak}. */
class DropsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder = Path.of(".");
  private final DemoSite demo = new DemoSite(false);

  @Test
  void a_drop_ends_with_what_the_command_printed() throws Exception {
    demo.seeded(null, folder);
    Path script = script("echo building >&2; printf '{\"args\":\"%s\",\"judge\":\"ok\"}' \"$*\"");
    try (Drops drops = new Drops(demo, script)) {
      CampaignId campaign = drops.start(100, 10).orElseThrow();

      Drops.Drop done = ended(drops);

      assertThat(done.state()).isEqualTo(Drops.State.DONE);
      assertThat(done.campaign()).isEqualTo(campaign);
      assertThat(String.valueOf(done.report()))
          .contains("\"judge\":\"ok\"")
          .contains("drop --json --users=100 --stock=10 --campaign=" + campaign)
          .contains("--data-dir=" + folder.toAbsolutePath());
    }
  }

  @Test
  void a_verdict_that_is_not_clean_is_a_report_too() throws Exception {
    demo.seeded(null, folder);
    try (Drops drops = new Drops(demo, script("printf '{\"judge\":\"violated\"}'; exit 1"))) {
      drops.start(1, 1);

      assertThat(String.valueOf(ended(drops).report())).contains("violated");
    }
  }

  /** HotSpot prints its own warnings to the standard output. */
  @Test
  void what_a_jvm_prints_before_the_report_is_no_part_of_it() throws Exception {
    demo.seeded(null, folder);
    Path script = script("echo 'VM warning: little memory'; echo '{\"judge\":\"ok\"}'");
    try (Drops drops = new Drops(demo, script)) {
      drops.start(1, 1);

      assertThat(String.valueOf(ended(drops).report())).isEqualTo("{\"judge\":\"ok\"}");
    }
  }

  @Test
  void a_command_that_fails_is_told_in_its_own_words() throws Exception {
    demo.seeded(null, folder);
    Path script =
        script("echo 'sunchak: no server found' >&2; echo '  next: start it' >&2; exit 2");
    try (Drops drops = new Drops(demo, script)) {
      drops.start(1, 1);

      Drops.Drop failed = ended(drops);
      assertThat(failed.state()).isEqualTo(Drops.State.FAILED);
      assertThat(failed.error()).isEqualTo("no server found");
    }
    try (Drops drops = new Drops(demo, folder.resolve("nothing-here"))) {
      drops.start(1, 1);

      assertThat(ended(drops).error()).isEqualTo("drop could not be started");
    }
  }

  @Test
  void there_is_one_at_a_time() throws Exception {
    demo.seeded(null, folder);
    Path script =
        script("for i in $(seq 600); do [ -e \"$0.go\" ] && break; sleep 0.1; done; echo '{}'");
    try (Drops drops = new Drops(demo, script)) {
      drops.start(1, 1);

      assertThatThrownBy(() -> drops.start(1, 1)).isInstanceOf(Drops.RunningException.class);
      Files.createFile(Path.of(script + ".go"));
      assertThat(ended(drops).state()).isEqualTo(Drops.State.DONE);
      assertThat(drops.start(1, 1)).isPresent();
      ended(drops);
    }
  }

  @Test
  void the_servers_end_is_the_drops_end() throws Exception {
    demo.seeded(null, folder);
    Path script = script("echo $$ > \"$0.pid\"; exec sleep 600");
    long pid;
    try (Drops drops = new Drops(demo, script)) {
      drops.start(1, 1);
      Path file = Path.of(script + ".pid");
      await().atMost(PATIENCE).until(() -> Files.exists(file) && Files.size(file) > 0);
      pid = Long.parseLong(Files.readString(file).strip());
    }

    await()
        .atMost(PATIENCE)
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void without_a_demo_or_a_command_there_is_none() throws Exception {
    Path script = script("echo '{}'");
    try (Drops drops = new Drops(demo, script)) {
      assertThat(drops.start(1, 1)).isEmpty();
      assertThat(drops.latest()).isEmpty();
    }
    demo.seeded(null, folder);
    try (Drops drops = new Drops(demo, null)) {
      assertThat(drops.start(1, 1)).isEmpty();
    }
  }

  private static Drops.Drop ended(Drops drops) {
    return await()
        .atMost(PATIENCE)
        .until(() -> drops.latest().orElseThrow(), drop -> drop.state() != Drops.State.RUNNING);
  }

  private Path script(String body) throws IOException {
    Path script = folder.resolve("script");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
