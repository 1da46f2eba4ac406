package io.sunchak.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server is built of: each part is named with its digest in the bill of materials that the
 * build writes beside it, is there once, and has one version that is written down.
 */
class SupplyChainIT {
  private static final Path ROOT = Path.of("..");
  private static final Path BILL = Path.of("target/bom.json");
  private static final Path PARTS = Path.of("target/lib");

  /** A range, or a word that means another version tomorrow. */
  private static final String FLOATING = ".*[\\[\\](),*^~<>].*|.*-SNAPSHOT|LATEST|RELEASE";

  private static final Set<String> VERSIONED =
      Set.of("dependency", "plugin", "parent", "extension");

  @Test
  void the_bill_has_each_foreign_jar_of_the_server_by_its_digest_and_no_other() throws Exception {
    TreeMap<String, String> jars = new TreeMap<>();
    try (Stream<Path> files = Files.list(PARTS)) {
      for (Path jar : (Iterable<Path>) files.filter(SupplyChainIT::isForeign)::iterator) {
        jars.put(digest(jar), String.valueOf(jar.getFileName()));
      }
    }
    TreeMap<String, String> billed = new TreeMap<>();
    for (JsonNode part : bill()) {
      if (part.path("group").asString().equals("io.sunchak")) {
        continue;
      }
      for (JsonNode hash : part.path("hashes")) {
        if (hash.path("alg").asString().equals("SHA-256")) {
          billed.put(hash.path("content").asString(), part.path("purl").asString());
        }
      }
    }
    assertThat(jars).hasSizeGreaterThan(50);
    assertThat(billed.keySet()).as("%s, beside %s", billed, jars).isEqualTo(jars.keySet());
  }

  @Test
  void no_part_is_there_in_two_versions() throws IOException {
    TreeMap<String, Set<String>> versions = new TreeMap<>();
    for (JsonNode part : bill()) {
      versions
          .computeIfAbsent(
              part.path("group").asString() + ":" + part.path("name").asString(),
              name -> new TreeSet<>())
          .add(part.path("version").asString());
    }
    assertThat(versions).isNotEmpty().allSatisfy((name, all) -> assertThat(all).hasSize(1));
  }

  @Test
  void no_version_floats() throws Exception {
    List<String> floating = new ArrayList<>();
    for (Path pom : poms()) {
      each(
          pom,
          "version",
          version -> {
            if (VERSIONED.contains(version.getParentNode().getNodeName())) {
              refuseFloating(floating, pom, version);
            }
          });
      each(
          pom,
          "properties",
          properties -> {
            NodeList all = properties.getChildNodes();
            for (int i = 0; i < all.getLength(); i++) {
              if (all.item(i).getNodeName().endsWith(".version")) {
                refuseFloating(floating, pom, all.item(i));
              }
            }
          });
    }
    JsonNode wanted = json(ROOT.resolve("dashboard/package.json"));
    assertThat(wanted.path("devDependencies").properties())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.getValue().asString()).matches("\\d+\\.\\d+\\.\\d+"));
    assertThat(floating).isEmpty();
  }

  /** Maven else takes the one that its own version prefers. */
  @Test
  void each_plugin_has_a_version() throws Exception {
    Set<String> known = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    for (Path pom : poms()) {
      each(
          pom,
          "plugin",
          plugin -> {
            String name = text(plugin, "artifactId");
            used.add(name);
            if (!text(plugin, "version").isEmpty()) {
              known.add(name);
            }
          });
    }
    assertThat(known).hasSizeGreaterThan(8).isEqualTo(used);
  }

  @Test
  void what_npm_brings_is_held_to_a_digest() throws IOException {
    JsonNode locked = json(ROOT.resolve("dashboard/package-lock.json")).path("packages");
    assertThat(locked.properties())
        .hasSizeGreaterThan(9)
        .filteredOn(one -> !one.getKey().isEmpty())
        .allSatisfy(
            one -> assertThat(one.getValue().path("integrity").asString("")).startsWith("sha512-"));
  }

  /** The project's own change with each build, also with one that writes no bill. */
  private static boolean isForeign(Path jar) {
    return !String.valueOf(jar.getFileName()).startsWith("sunchak-");
  }

  private static void refuseFloating(List<String> floating, Path pom, Node version) {
    if (version.getTextContent().matches(FLOATING) && !version.getTextContent().startsWith("${")) {
      floating.add(pom + ": " + version.getTextContent());
    }
  }

  private static JsonNode bill() throws IOException {
    assumeTrue(isOfThisBuild(), "a build that is offline writes no bill of materials");
    return json(BILL).path("components");
  }

  private static boolean isOfThisBuild() throws IOException {
    if (!Files.exists(BILL)) {
      return false;
    }
    FileTime written = Files.getLastModifiedTime(BILL);
    for (Path pom : poms()) {
      if (Files.getLastModifiedTime(pom).compareTo(written) > 0) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  private static List<Path> poms() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return Stream.concat(Stream.of(ROOT), modules)
          .map(folder -> folder.resolve("pom.xml"))
          .filter(Files::exists)
          .toList();
    }
  }

  private static void each(Path pom, String tag, Consumer<Element> visitor) throws Exception {
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getElementsByTagName(tag);
    for (int i = 0; i < found.getLength(); i++) {
      visitor.accept((Element) found.item(i));
    }
  }

  /** Of the child of this name; empty if there is none. */
  private static String text(Element parent, String child) {
    NodeList all = parent.getChildNodes();
    for (int i = 0; i < all.getLength(); i++) {
      if (all.item(i).getNodeName().equals(child)) {
        return all.item(i).getTextContent();
      }
    }
    return "";
  }

  private static String digest(Path file) throws IOException, GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
