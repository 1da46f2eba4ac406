package io.sunchak.core;

/**
 * One user's request. The user is the subject of the verified token, never a field of the request.
 */
public record IssueRequest(CampaignId campaign, UserId user) {}
