package io.sunchak.core;

/**
 * The offer. The ledger owns it; Redis holds a copy of the same {@code version}.
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
    long version) {

  public Campaign withState(CampaignState newState) {
    return new Campaign(id, name, stock, window, newState, version);
  }

  public Campaign withStock(Stock newStock) {
    return new Campaign(id, name, newStock, window, state, version);
  }

  public Campaign withWindow(IssueWindow newWindow) {
    return new Campaign(id, name, stock, newWindow, state, version);
  }

  public Campaign withVersion(long newVersion) {
    return new Campaign(id, name, stock, window, state, newVersion);
  }
}
