package io.sunchak.server.campaigns;

import io.sunchak.core.CampaignId;

/** A campaign that was asked for is not there. */
public final class NoSuchCampaignException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoSuchCampaignException(CampaignId id) {
    super("no such campaign: " + id);
  }
}
