package io.sunchak.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningServerIT {
  private static final String KEY = "k".repeat(64);

  @TempDir Path data;

  @Test
  void a_running_server_is_found_by_what_it_left_in_its_data_directory() throws IOException {
    write("server.json", "{\"url\":\"http://127.0.0.1:18080\",\"pid\":1,\"demo\":true}");
    write("secrets/token.secret", KEY);

    RunningServer found = RunningServer.of(data);

    assertThat(found.url()).hasHost("127.0.0.1").hasPort(18_080);
    assertThat(found.signer().sign("u1", false, Duration.ofMinutes(1)))
        .matches("[^.]+\\.[^.]+\\..+");
  }

  @Test
  void without_a_server_the_next_step_is_to_start_one() {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> RunningServer.of(data))
        .withMessageContaining("no server runs")
        .satisfies(e -> assertThat(e.next()).contains("./sunchak start --data-dir " + data));
  }

  @Test
  void a_secret_that_cannot_be_read_is_named() throws IOException {
    write("server.json", "{\"url\":\"http://127.0.0.1:18080\"}");

    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> RunningServer.of(data))
        .withMessageContaining("token.secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "{\"url\":\"\"}", "{\"url\":\"not a url\"}", "[1]"})
  void a_server_file_that_says_nothing_is_one_line_and_no_stack_trace(String text)
      throws IOException {
    write("server.json", text);
    write("secrets/token.secret", KEY);

    assertThatExceptionOfType(CommandException.class).isThrownBy(() -> RunningServer.of(data));
  }

  @Test
  void a_secret_that_is_too_short_is_one_line_and_no_stack_trace() throws IOException {
    write("server.json", "{\"url\":\"http://127.0.0.1:18080\"}");
    write("secrets/token.secret", "short");

    assertThatExceptionOfType(CommandException.class).isThrownBy(() -> RunningServer.of(data));
  }

  private void write(String name, String text) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
