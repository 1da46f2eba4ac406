package io.sunchak.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.Stock;
import io.sunchak.judge.Invocation;
import io.sunchak.judge.Judge;
import io.sunchak.judge.Options;
import io.sunchak.judge.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test: I1 to I7 and I10 for every campaign that was issued to, or the test fails with
 * the judge's verdict.
 *
 * <pre>{@code
 * @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);
 * }</pre>
 *
 * <p>Issue through {@link #stage()} or {@link #recording()}: what goes past them is judged as a
 * phantom. The stage must still stand after the test's own {@code @AfterEach} methods, which run
 * first. Thread-safe, but one test at a time.
 */
public final class InvariantChecker implements AfterEachCallback {
  private static final Duration LAST_ANSWER = Duration.ofSeconds(30);

  private final Supplier<? extends IssueStage> stage;
  private final Queue<RecordingIssuer.Try> history = new ConcurrentLinkedQueue<>();
  private final Map<CampaignId, Expected> expected = new ConcurrentHashMap<>();

  /** What the judge must be told of one campaign besides its history. */
  private static final class Expected {
    private final List<Options.Raise> raises = new CopyOnWriteArrayList<>();
    private final Set<String> excused = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Stock stock;
    private volatile boolean demandMet;
    private volatile boolean exempt;
  }

  /** A checker of {@code stage}, which is asked for only when something is issued or checked. */
  public InvariantChecker(Supplier<? extends IssueStage> stage) {
    this.stage = stage;
  }

  /** The stage, with its issuer recorded and each raise of a stock noted. */
  public IssueStage stage() {
    return new Watched();
  }

  /** The stage's issuer, recorded. */
  public CouponIssuer recording() {
    return new RecordingIssuer(() -> stage.get().issuer(), history);
  }

  /** Another node's issuer on the same stage, recorded into the same history. */
  public CouponIssuer recording(CouponIssuer node) {
    return new RecordingIssuer(() -> node, history);
  }

  /** More users asked, while the campaign was open, than there was stock: all must be given. */
  public void demandMet(CampaignId campaign) {
    of(campaign).demandMet = true;
  }

  /** The stock was raised between these times of {@link System#nanoTime}, past {@link #stage()}. */
  public void raised(CampaignId campaign, long invoked, long completed) {
    of(campaign).raises.add(new Options.Raise(invoked, completed));
  }

  /** Promises to these users are known to be lost; they are judged only as rows. */
  public void excuse(CampaignId campaign, Collection<String> users) {
    of(campaign).excused.addAll(users);
  }

  /** The test breaks a promise on purpose and looks at the {@link #verdict} itself. */
  public void exempt(CampaignId campaign) {
    of(campaign).exempt = true;
  }

  /** What the judge says now of {@code campaign}, once drained. */
  public Verdict verdict(CampaignId campaign) {
    IssueStage.Stored stored = stage.get().drained(campaign);
    return Judge.check(
        historyOf(campaign),
        stored.heldByRows(),
        stored.heldByFailures(),
        stored.campaign().stock().total(),
        options(campaign));
  }

  /** What was asked and told of {@code campaign} until now. */
  public List<Invocation> historyOf(CampaignId campaign) {
    return history.stream()
        .filter(made -> made.campaign().equals(campaign))
        .map(RecordingIssuer.Try::invocation)
        .toList();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    try {
      awaitAnswers();
      assertThat(history.stream().map(made -> made.told().getNow(null)))
          .as("an issuer answers with a value")
          .allSatisfy(told -> assertThat(told == null ? null : told.defect()).isNull());
      for (CampaignId campaign : issuedTo()) {
        check(campaign);
      }
    } finally {
      history.clear();
      expected.clear();
    }
  }

  private void awaitAnswers() throws Exception {
    CompletableFuture<?>[] all =
        history.stream().map(RecordingIssuer.Try::told).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(all).get(LAST_ANSWER.toSeconds(), TimeUnit.SECONDS);
  }

  private Set<CampaignId> issuedTo() {
    Set<CampaignId> issued =
        history.stream().map(RecordingIssuer.Try::campaign).collect(Collectors.toSet());
    issued.removeIf(campaign -> of(campaign).exempt || isUnknownToAll(campaign));
    return issued;
  }

  /** There is nothing to judge where everybody was told that there is no such campaign. */
  private boolean isUnknownToAll(CampaignId campaign) {
    Invocation.Result unknown = new Invocation.Refused("CAMPAIGN_NOT_FOUND");
    return historyOf(campaign).stream().allMatch(made -> made.result().equals(unknown));
  }

  private void check(CampaignId campaign) {
    Verdict verdict = verdict(campaign);
    assertThat(verdict.isClean()).as("%s: %s", campaign, verdict).isTrue();
    assertThat(stage.get().disagreements(campaign))
        .as("I10 (Redis and ledger agree) of %s", campaign)
        .isEmpty();
  }

  private Options options(CampaignId campaign) {
    Expected known = of(campaign);
    return new Options(
        true, known.demandMet, List.copyOf(known.raises), new HashSet<>(known.excused));
  }

  private Expected of(CampaignId campaign) {
    return expected.computeIfAbsent(campaign, id -> new Expected());
  }

  /** The stage as a test sees it. */
  private final class Watched implements IssueStage {
    @Override
    public CouponIssuer issuer() {
      return recording();
    }

    @Override
    public void create(Campaign campaign) {
      stage.get().create(campaign);
      of(campaign.id()).stock = campaign.stock();
    }

    @Override
    public Campaign change(Campaign changed) {
      Expected known = of(changed.id());
      boolean raise = isRaise(known.stock, changed.stock());
      long invoked = System.nanoTime();
      Campaign stored = stage.get().change(changed);
      if (raise) {
        raised(changed.id(), invoked, System.nanoTime());
      }
      known.stock = stored.stock();
      return stored;
    }

    /** A change from an unknown stock may be a raise. */
    private boolean isRaise(@Nullable Stock before, Stock after) {
      Long total = after.total();
      return before == null || total == null || !before.covers(total);
    }

    @Override
    public Stored drained(CampaignId campaign) {
      return stage.get().drained(campaign);
    }

    @Override
    public List<String> disagreements(CampaignId campaign) {
      return stage.get().disagreements(campaign);
    }
  }
}
