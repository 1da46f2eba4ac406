package io.sunchak.embedded.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTreeIT {
  @TempDir Path folder;

  @Test
  void deleting_follows_no_links() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "kept");
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("deep"));
    Files.createSymbolicLink(tree.resolve("file"), kept);
    Files.createSymbolicLink(tree.resolve("deep").resolve("directory"), folder);

    FileTree.delete(tree);
    FileTree.delete(tree);

    assertThat(tree).doesNotExist();
    assertThat(kept).hasContent("kept");
  }

  @Test
  void a_copy_has_what_the_original_has_and_nothing_else_and_follows_no_links() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(Files.createDirectories(tree.resolve("deep")).resolve("file"), "text");
    Files.createSymbolicLink(tree.resolve("link"), folder);
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Files.writeString(copy.resolve("old"), "old");

    FileTree.copy(tree, copy);

    assertThat(copy.resolve("deep").resolve("file")).hasContent("text");
    assertThat(copy.resolve("link")).isSymbolicLink();
    assertThat(copy.resolve("old")).doesNotExist();
  }

  @Test
  void syncing_follows_no_links_and_fails_when_there_is_nothing_to_sync() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve("file"), "text");
    Files.createSymbolicLink(tree.resolve("dangling"), folder.resolve("nowhere"));

    FileTree.forceAll(tree);

    assertThatThrownBy(() -> FileTree.forceAll(folder.resolve("nowhere")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
