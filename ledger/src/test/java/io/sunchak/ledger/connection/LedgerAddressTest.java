package io.sunchak.ledger.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.ledger.LedgerException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://127.0.0.1/db, jdbc:postgresql://127.0.0.1/db",
    "jdbc:postgresql://h:5432/db?password=hu%23sh, jdbc:postgresql://h:5432/db",
    "jdbc:postgresql://[::1]:5432/db?user=u&password=hush, jdbc:postgresql://[::1]:5432/db",
    "'jdbc:postgresql://a:1,b:2/db?sslmode=require', 'jdbc:postgresql://a:1,b:2/db'"
  })
  void only_where_it_is_is_shown(String url, String shown) {
    LedgerAddress address = new LedgerAddress(url);

    assertThat(address).hasToString(shown);
    assertThat(address.url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://user:hush@h/db",
        "jdbc:postgresql://user:hu#sh@h/db",
        "jdbc:postgresql://user:hu/sh@h/db",
        "jdbc:postgresql://h:99999/db?password=hush",
        "jdbc:postgresql://h:0/db?password=hush",
        "jdbc:postgresql://h:x/db?password=hush",
        "jdbc:postgresql://h/db?password=hu#sh",
        "jdbc:postgresql://h/db?password=hush%zz",
        "jdbc:postgresql://h/db?password=hush ",
        "jdbc:postgresql://h/db?password=hush\n",
        "jdbc:postgresql://h?password=hush",
        "jdbc:postgresql:hush",
        "postgresql://user:hush@h/db",
        "postgres://h/db?password=hush",
        "hush",
        ""
      })
  void another_form_is_refused_and_not_repeated(String url) {
    assertThatThrownBy(() -> new LedgerAddress(url))
        .isExactlyInstanceOf(LedgerException.class)
        .hasMessageStartingWith("sunchak.postgres.url must be jdbc:postgresql://host:port/database")
        .hasMessageNotContaining("hu");
  }
}
