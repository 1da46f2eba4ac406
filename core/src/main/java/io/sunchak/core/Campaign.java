package io.sunchak.core;

import org.jspecify.annotations.Nullable;

/**
 * The offer. The ledger owns it; Redis holds a copy of the same {@code version}, without what
 * concerns coupons that are issued, codes and validity, and with the mark of the eligibility only.
 *
 * @param name 1 to 200 characters, shown to people
 * @param eligibility who may get a coupon; null: every user
 * @param version rises by one with each change, from 1
 */
public record Campaign(
    CampaignId id,
    String name,
    Stock stock,
    IssueWindow window,
    CampaignState state,
    Codes codes,
    Validity validity,
    @Nullable Eligibility eligibility,
    long version) {

  /** A campaign for every user, whose coupons have no codes and are valid for ever. */
  public Campaign(
      CampaignId id,
      String name,
      Stock stock,
      IssueWindow window,
      CampaignState state,
      long version) {
    this(id, name, stock, window, state, Codes.NONE, Validity.ALWAYS, null, version);
  }

  public Campaign withState(CampaignState newState) {
    return new Campaign(id, name, stock, window, newState, codes, validity, eligibility, version);
  }

  public Campaign withStock(Stock newStock) {
    return new Campaign(id, name, newStock, window, state, codes, validity, eligibility, version);
  }

  public Campaign withWindow(IssueWindow newWindow) {
    return new Campaign(id, name, stock, newWindow, state, codes, validity, eligibility, version);
  }

  public Campaign withCodes(Codes newCodes) {
    return new Campaign(id, name, stock, window, state, newCodes, validity, eligibility, version);
  }

  public Campaign withValidity(Validity newValidity) {
    return new Campaign(id, name, stock, window, state, codes, newValidity, eligibility, version);
  }

  public Campaign withEligibility(@Nullable Eligibility newEligibility) {
    return new Campaign(id, name, stock, window, state, codes, validity, newEligibility, version);
  }

  public Campaign withVersion(long newVersion) {
    return new Campaign(id, name, stock, window, state, codes, validity, eligibility, newVersion);
  }
}
