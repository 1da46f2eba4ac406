package io.sunchak.core;

/**
 * The offer. The ledger owns it; Redis holds a copy of the same {@code version}, without what
 * concerns coupons that are issued: codes and validity.
 *
 * @param name 1 to 200 characters, shown to people
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
    long version) {

  /** A campaign whose coupons have no codes and are valid for ever. */
  public Campaign(
      CampaignId id,
      String name,
      Stock stock,
      IssueWindow window,
      CampaignState state,
      long version) {
    this(id, name, stock, window, state, Codes.NONE, Validity.ALWAYS, version);
  }

  public Campaign withState(CampaignState newState) {
    return new Campaign(id, name, stock, window, newState, codes, validity, version);
  }

  public Campaign withStock(Stock newStock) {
    return new Campaign(id, name, newStock, window, state, codes, validity, version);
  }

  public Campaign withWindow(IssueWindow newWindow) {
    return new Campaign(id, name, stock, newWindow, state, codes, validity, version);
  }

  public Campaign withCodes(Codes newCodes) {
    return new Campaign(id, name, stock, window, state, newCodes, validity, version);
  }

  public Campaign withValidity(Validity newValidity) {
    return new Campaign(id, name, stock, window, state, codes, newValidity, version);
  }

  public Campaign withVersion(long newVersion) {
    return new Campaign(id, name, stock, window, state, codes, validity, newVersion);
  }
}
