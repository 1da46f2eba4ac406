package io.sunchak.load.generator;

import io.sunchak.core.CampaignId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a request of the load asks for; it never has a body.
 *
 * @param path with the query, as it stands in the request line
 */
public record Endpoint(String method, String path) {
  /** A coupon of this campaign. */
  public static Endpoint issue(CampaignId campaign) {
    return new Endpoint("POST", "/api/v1/campaigns/" + campaign + "/issues");
  }

  /** A coupon of each of these campaigns. */
  public static List<Endpoint> issue(List<CampaignId> campaigns) {
    return campaigns.stream().map(Endpoint::issue).toList();
  }

  public static Endpoint get(String path) {
    return new Endpoint("GET", path);
  }

  /** Request line and headers up to the credentials. */
  byte[] head(URI node) {
    return "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n"
        .formatted(method, path, node.getAuthority())
        .getBytes(StandardCharsets.US_ASCII);
  }
}
