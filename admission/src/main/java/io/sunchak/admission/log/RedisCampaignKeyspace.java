package io.sunchak.admission.log;

import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.Range;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.sunchak.admission.link.Link;
import io.sunchak.admission.script.CampaignKeys;
import io.sunchak.admission.script.KeyForm;
import io.sunchak.admission.script.RedisScript;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.Disagreement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A campaign's keys in Redis; every write is a script that checks the attempt's token. */
public final class RedisCampaignKeyspace implements CampaignKeyspace {
  private static final int CHUNK = 1_000;

  /** Of at most 256 users each. */
  private static final int GROUPS = 64;

  /** What {@link #facts(List)} reads of meta. */
  static final String[] FACTS = {"epoch", "seq", "drained", "version"};

  private final Link link;

  public RedisCampaignKeyspace(Link link) {
    this.link = link;
  }

  @Override
  public OptionalLong epoch(CampaignId campaign) {
    String meta = CampaignKeys.of(campaign).meta();
    if (!isHash(meta)) {
      return OptionalLong.empty();
    }
    return number(link.await(link.commands().hmget(meta, "epoch")).getFirst().getValueOrElse(""));
  }

  /** Else nothing can be read from it. */
  private boolean isHash(String key) {
    return "hash".equals(link.await(link.commands().type(key)));
  }

  @Override
  public boolean fence(CampaignId campaign, String ledgerId, long epoch) {
    return says(
        "FENCED",
        RedisScript.FENCE,
        CampaignKeys.of(campaign).all(),
        KeyForm.mark(ledgerId),
        Long.toString(epoch));
  }

  @Override
  public boolean isFenced(CampaignId campaign, long epoch) {
    List<String> found =
        link
            .await(link.commands().hmget(CampaignKeys.of(campaign).meta(), "epoch", "fence"))
            .stream()
            .map(field -> field.getValueOrElse(""))
            .toList();
    return found.equals(List.of(Long.toString(epoch), Long.toString(epoch)));
  }

  @Override
  public void forEachIssued(CampaignId campaign, Consumer<List<Holding>> chunk) {
    String issued = CampaignKeys.of(campaign).issued();
    ScanArgs size = ScanArgs.Builder.limit(CHUNK);
    ScanCursor cursor = ScanCursor.INITIAL;
    while (!cursor.isFinished()) {
      MapScanCursor<String, String> page = link.await(link.commands().hscan(issued, cursor, size));
      chunk.accept(
          page.getMap().entrySet().stream()
              .map(e -> new Holding(e.getKey(), number(e.getValue()).orElse(0)))
              .toList());
      cursor = page;
    }
  }

  @Override
  public void forEachLogged(CampaignId campaign, Consumer<List<Reservation>> chunk) {
    String log = CampaignKeys.of(campaign).log();
    Range<String> rest = Range.create("-", "+");
    List<StreamMessage<String, String>> page = entries(log, rest);
    while (!page.isEmpty()) {
      for (StreamMessage<String, String> entry : page) {
        chunk.accept(LogGroup.of(entry).reservations());
      }
      Range.Boundary<String> after = Range.Boundary.excluding(page.getLast().getId());
      page = entries(log, Range.from(after, Range.Boundary.unbounded()));
    }
  }

  private List<StreamMessage<String, String>> entries(String log, Range<String> range) {
    return link.await(link.commands().xrange(log, range, Limit.from(GROUPS)));
  }

  @Override
  public boolean clear(CampaignId campaign, long epoch) {
    return says(
        "CLEARED", RedisScript.CLEAR, CampaignKeys.of(campaign).all(), Long.toString(epoch));
  }

  @Override
  public boolean load(CampaignId campaign, long epoch, List<Holding> holders) {
    CampaignKeys keys = CampaignKeys.of(campaign);
    String[] args =
        Stream.concat(
                Stream.of(Long.toString(epoch)),
                holders.stream().flatMap(h -> Stream.of(h.user(), Long.toString(h.sequence()))))
            .toArray(String[]::new);
    return says("LOADED", RedisScript.LOAD, new String[] {keys.meta(), keys.issued()}, args);
  }

  @Override
  public boolean open(CampaignId campaign, long epoch, long last, Campaign config) {
    CampaignKeys keys = CampaignKeys.of(campaign);
    String[] args =
        Stream.concat(
                Stream.of(Long.toString(epoch), Long.toString(last)),
                Stream.of(ConfigArguments.of(config)))
            .toArray(String[]::new);
    return says("OPENED", RedisScript.OPEN, new String[] {keys.meta(), keys.issued()}, args);
  }

  @Override
  public Optional<Campaign> config(String ledgerId, Campaign known) {
    String meta = CampaignKeys.of(known.id()).meta();
    if (!isHash(meta)) {
      return Optional.empty();
    }
    String[] fields =
        Stream.concat(Stream.of("ledger"), Stream.of(ConfigArguments.FIELDS))
            .toArray(String[]::new);
    List<String> held =
        link.await(link.commands().hmget(meta, fields)).stream()
            .map(field -> field.getValueOrElse(""))
            .toList();
    return held.getFirst().equals(KeyForm.mark(ledgerId))
        ? ConfigArguments.read(held.subList(1, held.size()), known)
        : Optional.empty();
  }

  @Override
  public Configured configure(String ledgerId, long epoch, Campaign config) {
    String[] keys = {CampaignKeys.of(config.id()).meta()};
    String[] args =
        Stream.concat(
                Stream.of(KeyForm.mark(ledgerId), Long.toString(epoch)),
                Stream.of(ConfigArguments.of(config)))
            .toArray(String[]::new);
    String reply = run(RedisScript.CONFIGURE, keys, args);
    String[] words = reply.split(" ", 3);
    return switch (words[0]) {
      case "APPLIED" ->
          new Configured.Applied(
              ConfigArguments.stock(words[1]), Instant.ofEpochMilli(Long.parseLong(words[2])));
      case "NEWER" -> new Configured.Newer(number(words[1]).orElse(0));
      default -> new Configured.Disagrees(Disagreement.valueOf(reply));
    };
  }

  @Override
  public Archived archive(
      String ledgerId, long epoch, long version, long settled, CampaignId campaign) {
    String reply =
        run(
            RedisScript.ARCHIVE,
            CampaignKeys.of(campaign).all(),
            KeyForm.mark(ledgerId),
            Long.toString(epoch),
            Long.toString(version),
            Long.toString(settled));
    return Archived.valueOf(reply);
  }

  @Override
  public boolean isArchived(CampaignId campaign) {
    String meta = CampaignKeys.of(campaign).meta();
    return isHash(meta)
        && link.await(link.commands().hmget(meta, "state"))
            .getFirst()
            .getValueOrElse("")
            .equals("ARCHIVED");
  }

  @Override
  public void markArchived(CampaignId campaign) {
    run(RedisScript.ARCHIVE, CampaignKeys.of(campaign).all(), "", "", "", "");
  }

  @Override
  public Optional<Facts> facts(CampaignId campaign) {
    CampaignKeys keys = CampaignKeys.of(campaign);
    return facts(link.await(link.commands().hmget(keys.meta(), FACTS)));
  }

  static Optional<Facts> facts(List<KeyValue<String, String>> meta) {
    List<OptionalLong> fields =
        meta.stream().map(field -> number(field.getValueOrElse(""))).toList();
    if (fields.stream().anyMatch(OptionalLong::isEmpty)) {
      return Optional.empty();
    }
    long sequence = fields.get(1).getAsLong();
    long backlog = Math.max(0, sequence - fields.get(2).getAsLong());
    return Optional.of(
        new Facts(fields.get(0).getAsLong(), sequence, backlog, fields.get(3).getAsLong()));
  }

  @Override
  public Optional<Held> find(CampaignId campaign, String user) {
    CampaignKeys keys = CampaignKeys.of(campaign);
    String epoch = // first: what is read afterwards is of this epoch or a later one
        link.await(link.commands().hmget(keys.meta(), "epoch")).getFirst().getValueOrElse("0");
    String sequence =
        link.await(link.commands().hmget(keys.issued(), user)).getFirst().getValueOrElse("");
    if (sequence.isEmpty()) {
      return Optional.empty();
    }
    // The group that holds the number is the first one whose last number is not below it.
    Range<String> groups = Range.create(epoch + "-" + sequence, "+");
    Optional<Instant> acceptedAt =
        link.await(link.commands().xrange(keys.log(), groups, Limit.from(1))).stream()
            .flatMap(entry -> LogGroup.of(entry).reservations().stream())
            .filter(one -> one.user().equals(user))
            .findFirst()
            .map(Reservation::acceptedAt);
    return Optional.of(new Held(number(epoch).orElse(0), Long.parseLong(sequence), acceptedAt));
  }

  private boolean says(String word, RedisScript script, String[] keys, String... args) {
    return run(script, keys, args).equals(word);
  }

  private String run(RedisScript script, String[] keys, String... args) {
    return link.await(script.<String>call(link.commands(), ScriptOutputType.VALUE, keys, args));
  }

  static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException malformed) {
      return OptionalLong.empty();
    }
  }
}
