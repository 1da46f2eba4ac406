package io.sunchak.server.campaigns;

import io.sunchak.core.CampaignId;

/** The requested campaign does not exist. */
public final class NoSuchCampaignException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoSuchCampaignException(CampaignId id) {
    super("no such campaign: " + id);
  }
}
