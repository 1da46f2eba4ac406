package io.sunchak.core.testing;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Codes;
import io.sunchak.core.Eligibility;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.Validity;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What config changes may rely on. max_seq cannot be read; it shows by what the drain may still
 * write.
 */
public interface CampaignLedgerContract extends LedgerContract {

  @Test
  default void a_campaign_is_found_as_it_was_created() {
    Campaign limited = Campaigns.open(600);
    Campaign unlimited = Campaigns.in(Campaigns.ENDED, Stock.unlimited());

    assertThat(campaigns().create(limited)).isTrue();
    assertThat(campaigns().create(unlimited)).isTrue();

    assertThat(campaigns().find(limited.id())).contains(limited);
    assertThat(campaigns().find(unlimited.id())).contains(unlimited);
    assertThat(campaigns().find(Campaigns.freshId())).isEmpty();
  }

  @Test
  default void a_new_campaign_serves_nobody_before_its_first_resync() {
    Campaign campaign = Campaigns.open(600);
    campaigns().create(campaign);

    LedgerHead head = head(campaign.id());

    assertThat(head).isEqualTo(new LedgerHead(head.ledgerId(), 0, true, campaign, 0, null, null));
    assertThat(campaigns().head(Campaigns.freshId())).isEmpty();
  }

  @Test
  default void all_campaigns_of_a_ledger_have_its_identity() {
    assertThat(head(created(Stock.of(1))).ledgerId())
        .isNotBlank()
        .isEqualTo(head(created(Stock.of(1))).ledgerId());
  }

  @Test
  default void an_id_is_never_used_again() {
    Campaign first = Campaigns.open(600);
    campaigns().create(first);

    assertThat(campaigns().create(Campaigns.withStock(first, Stock.of(1)))).isFalse();

    assertThat(campaigns().find(first.id())).contains(first);
  }

  @Test
  default void pages_come_in_order_of_bytes_and_end() {
    // In a dictionary's order the hyphen would not count.
    CampaignId base = Campaigns.freshId();
    List<String> ids = List.of(base + "-b", base + "0", base + "a", base + "b");
    ids.reversed().forEach(this::create);

    List<Campaign> page = campaigns().page(base, 3);
    List<Campaign> rest = campaigns().page(page.getLast().id(), 1);

    assertThat(page).extracting(c -> c.id().value()).isEqualTo(ids.subList(0, 3));
    assertThat(rest).extracting(c -> c.id().value()).isEqualTo(ids.subList(3, 4));
    assertThat(campaigns().page(new CampaignId("z".repeat(64)), 10)).isEmpty();
    assertThat(campaigns().page(null, 1)).hasSize(1);
  }

  private void create(String id) {
    Campaign template = Campaigns.open(1);
    campaigns()
        .create(
            new Campaign(
                new CampaignId(id),
                template.name(),
                template.stock(),
                template.window(),
                template.state(),
                1));
  }

  @Test
  default void what_lives_comes_in_pages_with_its_epoch_and_cursor() {
    CampaignId base = Campaigns.freshId();
    List.of(base + "a", base + "b", base + "c").forEach(this::create);
    CampaignId first = new CampaignId(base + "a");
    assertAccepts(first, 1);

    List<Progress> page = campaigns().living(base, 2);

    assertThat(page)
        .extracting(l -> l.campaign().id().value())
        .containsExactly(base + "a", base + "b");
    assertThat(page.getFirst())
        .isEqualTo(new Progress(campaigns().find(first).orElseThrow(), 0, true, 1));
    assertThat(campaigns().living(page.getLast().campaign().id(), 1))
        .extracting(l -> l.campaign().id().value())
        .containsExactly(base + "c");
  }

  @Test
  default void what_is_over_lives_no_longer_until_it_is_changed() {
    CampaignId base = Campaigns.freshId();
    List.of(base + "a", base + "b", base + "c").forEach(this::create);
    List<Campaign> all = campaigns().page(base, 3);
    campaigns().change(1, all.get(1));

    campaigns().end(all.subList(0, 2));

    assertThat(campaigns().living(base, 2))
        .as("b was changed meanwhile")
        .extracting(l -> l.campaign().id())
        .containsExactly(all.get(1).id(), all.get(2).id());
    assertThat(campaigns().progress(base, 3))
        .extracting(l -> l.campaign().id())
        .containsExactlyElementsOf(all.stream().map(Campaign::id).toList());
    campaigns().change(1, all.getFirst());
    assertThat(campaigns().living(base, 3))
        .extracting(l -> l.campaign().id())
        .containsExactlyElementsOf(all.stream().map(Campaign::id).toList());
  }

  @Test
  default void of_many_ids_those_of_campaigns_are_known() {
    CampaignId one = created(Stock.of(1));
    CampaignId two = created(Stock.of(1));
    assertThat(campaigns().known(List.of(one, Campaigns.freshId(), two, Campaigns.freshId())))
        .containsExactlyInAnyOrder(one, two);
    assertThat(campaigns().known(List.of())).isEmpty();
  }

  @Test
  default void a_change_is_stored_under_the_next_version() {
    CampaignId id = created(Stock.of(10));
    Campaign changed =
        new Campaign(id, "Renamed", Stock.of(20), Campaigns.NOT_YET_OPEN, CampaignState.PAUSED, 1);

    assertThat(campaigns().change(1, changed)).contains(changed.withVersion(2));

    assertThat(campaigns().find(id)).contains(changed.withVersion(2));
    assertThat(head(id).campaign()).isEqualTo(changed.withVersion(2));
  }

  @Test
  default void codes_and_validity_are_kept_and_changed_like_the_rest() {
    Instant until = Instant.parse("2098-01-01T00:00:00.123456Z");
    Campaign first =
        Campaigns.open(10)
            .withCodes(Codes.GENERATED)
            .withValidity(new Validity(until.minusSeconds(1), until, null));
    campaigns().create(first);
    Validity lasting = new Validity(null, null, Duration.ofDays(14));

    assertThat(campaigns().find(first.id())).contains(first);
    campaigns().change(1, first.withCodes(Codes.NONE).withValidity(lasting));

    assertThat(head(first.id()).campaign())
        .isEqualTo(first.withCodes(Codes.NONE).withValidity(lasting).withVersion(2));
  }

  @Test
  default void the_eligibility_is_kept_changed_and_removed() {
    Eligibility gold = new Eligibility("https://shop/tier", List.of("gold", "a,b\"{}\\", "금"));
    Campaign first = Campaigns.open(10).withEligibility(gold);
    campaigns().create(first);

    assertThat(campaigns().find(first.id())).contains(first);
    assertThat(head(first.id()).campaign()).isEqualTo(first);
    Eligibility other = new Eligibility("tier", List.of("silver"));
    assertThat(campaigns().change(1, first.withEligibility(other)))
        .contains(first.withEligibility(other).withVersion(2));
    assertThat(campaigns().change(2, first.withEligibility(null)))
        .contains(first.withEligibility(null).withVersion(3));
  }

  @Test
  default void a_change_from_a_stale_version_is_refused() {
    Campaign first = Campaigns.open(10);
    campaigns().create(first);
    Campaign second = changed(first.id(), 1, Stock.of(20));

    assertThat(campaigns().change(1, Campaigns.withStock(first, Stock.of(30)))).isEmpty();
    assertThat(campaigns().change(3, Campaigns.withStock(first, Stock.of(30)))).isEmpty();
    assertThat(campaigns().change(1, Campaigns.open(30))).as("unknown campaign").isEmpty();

    assertThat(campaigns().find(first.id())).contains(second);
  }

  @Test
  default void of_two_changes_at_once_one_is_stored()
      throws InterruptedException, ExecutionException {
    Campaign campaign = Campaigns.open(10);
    campaigns().create(campaign);

    List<Optional<Campaign>> results =
        LedgerContract.atOnce(4, () -> campaigns().change(1, campaign));

    assertThat(results.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(head(campaign.id()).campaign().version()).isEqualTo(2);
  }

  @Test
  default void a_raised_stock_is_accepted_at_once() {
    CampaignId id = created(Stock.of(1));

    changed(id, 1, Stock.of(2));

    assertAccepts(id, 2);
    assertRefuses(id, 3);
  }

  @Test
  default void a_lowered_stock_is_refused_only_once_redis_has_it() {
    CampaignId id = created(Stock.of(3));

    changed(id, 1, Stock.of(1));
    assertAccepts(id, 2);
    campaigns().settle(id, 2);

    assertRefuses(id, 3);
  }

  @Test
  default void the_guard_waits_for_the_newest_version() {
    CampaignId id = created(Stock.of(3));
    changed(id, 1, Stock.of(1));
    changed(id, 2, Stock.of(2));

    campaigns().settle(id, 2);

    assertAccepts(id, 3);
  }

  @Test
  default void a_change_that_was_undone_leaves_the_guard_where_it_was() {
    CampaignId id = created(Stock.of(3));
    changed(id, 1, Stock.of(1));
    changed(id, 2, Stock.of(3));
    campaigns().settle(id, 3);

    assertAccepts(id, 3);
    assertRefuses(id, 4);
  }

  @Test
  default void from_a_number_to_unlimited_everything_is_accepted_at_once() {
    CampaignId id = created(Stock.of(1));

    changed(id, 1, Stock.unlimited());

    assertAccepts(id, 5);
    campaigns().settle(id, 2);
    assertThat(drain().append(id, 0, 5, arrived(0, 6, "u6"))).isTrue();
  }

  @Test
  default void from_unlimited_to_a_number_the_guard_comes_with_the_settlement() {
    CampaignId id = created(Stock.unlimited());

    changed(id, 1, Stock.of(2));
    assertAccepts(id, 3);
    campaigns().settle(id, 2);

    assertRefuses(id, 4);
  }

  @Test
  default void settled_are_rows_and_failures_that_nobody_has_to_look_at() {
    CampaignId id = created(Stock.of(10));
    assertThat(campaigns().settled(id)).hasValue(0);
    assertAccepts(id, 2);
    assertThat(campaigns().settled(id)).hasValue(2);
    drain().appendFailure(id, 0, 2, arrived(0, 3, "refused").getFirst(), "why");
    assertThat(campaigns().settled(id)).isEmpty();
    assertThat(campaigns().settled(Campaigns.freshId())).isEmpty();
  }

  @Test
  default void an_archived_campaign_never_becomes_anything_else() {
    CampaignId id = created(Stock.of(10));
    Campaign archived = campaigns().archive(id).orElseThrow();
    assertThat(archived.state()).isEqualTo(CampaignState.ARCHIVED);
    assertThat(archived.version()).isEqualTo(2);
    assertThat(head(id).rebuilding()).isFalse();

    assertThat(campaigns().archive(id)).isEmpty();
    assertThat(campaigns().archive(Campaigns.freshId())).isEmpty();
    assertThat(campaigns().change(2, archived.withState(CampaignState.ACTIVE))).isEmpty();
    assertThatThrownBy(() -> resync().begin(id, 0)).isInstanceOf(LedgerException.class);
    assertThat(campaigns().find(id)).contains(archived);
    assertThat(campaigns().living(null, 1_000)).noneMatch(one -> one.campaign().id().equals(id));
  }

  @Test
  default void due_is_what_ended_long_enough_ago_and_is_not_archived() {
    Instant end = Instant.parse("2001-02-03T04:05:06Z");
    List<Campaign> ended =
        Stream.of(3, 1, 2, 1)
            .map(seconds -> new IssueWindow(end.minusSeconds(60), end.plusSeconds(seconds)))
            .map(window -> Campaigns.in(window, Stock.of(1)))
            .toList();
    ended.forEach(campaigns()::create);
    List<CampaignId> inOrder =
        ended.stream()
            .sorted(
                Comparator.comparing((Campaign one) -> one.window().closesAt())
                    .thenComparing(Campaign::id))
            .map(Campaign::id)
            .toList();

    assertThat(due(ended, end, null, 1_000)).isEmpty();
    assertThat(due(ended, end.plusSeconds(2), null, 1_000)).isEqualTo(inOrder.subList(0, 3));
    assertThat(due(ended, end.plusSeconds(3), null, 1_000)).isEqualTo(inOrder);
    Campaign second = campaigns().find(inOrder.get(1)).orElseThrow();
    assertThat(due(ended, end.plusSeconds(3), second, 1)).isEqualTo(inOrder.subList(2, 3));
    campaigns().archive(inOrder.get(2));
    assertThat(due(ended, end.plusSeconds(3), second, 1_000)).isEqualTo(inOrder.subList(3, 4));
  }

  private List<CampaignId> due(
      List<Campaign> among, Instant end, @Nullable Campaign after, int limit) {
    Set<CampaignId> ids = among.stream().map(Campaign::id).collect(Collectors.toSet());
    return campaigns().due(end, after, limit).stream()
        .map(Campaign::id)
        .filter(ids::contains)
        .toList();
  }

  private Campaign changed(CampaignId id, long version, Stock stock) {
    Campaign before = campaigns().find(id).orElseThrow();
    return campaigns().change(version, Campaigns.withStock(before, stock)).orElseThrow();
  }

  private void assertAccepts(CampaignId id, int upTo) {
    for (int n = 1; n <= upTo; n++) {
      assertThat(drain().append(id, 0, n - 1, arrived(0, n, "u" + n))).isTrue();
    }
  }

  private void assertRefuses(CampaignId id, long sequence) {
    long cursor = head(id).cursor();
    assertThatThrownBy(() -> drain().append(id, 0, cursor, arrived(0, sequence, "beyond")))
        .isInstanceOf(LedgerException.Permanent.class);
  }
}
