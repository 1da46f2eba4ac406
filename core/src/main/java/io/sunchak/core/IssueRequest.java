package io.sunchak.core;

/** One user's act: the user is the verified token's subject, never a field a client sent. */
public record IssueRequest(CampaignId campaign, UserId user) {}
