package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.Campaign;
import io.sunchak.core.Codes;
import io.sunchak.server.http.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CampaignFieldsTest {
  private static final byte[] CODED =
      """
      {"id":"c","name":"c","totalStock":1,"opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z","codes":"GENERATED"}
      """
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void a_campaign_gets_codes_only_where_there_is_a_key() {
    Campaign coded = CampaignFields.create(CODED, true);

    assertThat(coded.codes()).isEqualTo(Codes.GENERATED);
    assertThatThrownBy(() -> CampaignFields.create(CODED, false))
        .isInstanceOf(ProblemException.class)
        .hasMessage("INVALID");
    assertThat(CampaignFields.merge("{}".getBytes(StandardCharsets.UTF_8), coded, "OPEN", false))
        .as("what has codes may be changed without the key")
        .isEqualTo(coded);
  }
}
