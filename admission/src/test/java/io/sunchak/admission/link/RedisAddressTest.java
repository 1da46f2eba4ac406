package io.sunchak.admission.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.log.LogException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  @ParameterizedTest
  @CsvSource({
    "redis://h, h:6379",
    "redis://u:hush@h:1, h:1",
    "redis://:hu%23sh@h:1/3, h:1",
    "rediss://hush@h:1?verifyPeer=NONE, h:1"
  })
  void only_where_it_is_is_shown(String url, String shown) {
    assertThat(RedisAddress.of(url)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://u:hu#sh@h:1",
        "redis://u:hu@sh@h:1",
        "redis://u:hush%zz@h:1",
        "redis://u:hu sh@h:1",
        "redis://u:hu/sh@h:1",
        "redis://u:hush@h:x",
        "redis://u:hush@h:1\n",
        "redis://u:hush@",
        "redis://hush1:1,hush2:1",
        "http://u:hush@h:1",
        "redis:hush",
        "hush",
        " "
      })
  void another_form_is_refused_and_not_repeated(String url) {
    assertThatThrownBy(() -> RedisAddress.of(url))
        .isInstanceOf(LogException.class)
        .hasMessageStartingWith("sunchak.redis.url must be redis://user:password@host:port")
        .hasMessageNotContaining("hu");
  }

  @ParameterizedTest
  @CsvSource({
    "'redis-sentinel://s1#shop', shop by Sentinel s1:26379",
    "'redis-sentinel://u:hu%23sh@s1:1,s2:2,[::1]:3/4#my.shop-1', 'my.shop-1 by Sentinel s1:1, s2:2, [::1]:3'",
    "'redis-sentinel://hush@s1:1,s2/#shop', 'shop by Sentinel s1:1, s2:26379'"
  })
  void of_sentinels_the_primarys_name_is_shown(String url, String shown) {
    assertThat(RedisAddress.of(url)).hasToString(shown);
    assertThat(RedisAddress.of(url).isBySentinel()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis-sentinel://u:hush@s1:1",
        "redis-sentinel://u:hush@s1:1#",
        "redis-sentinel://u:hu@sh@s1:1#shop",
        "redis-sentinel://u:hush%zz@s1:1#shop",
        "redis-sentinel://u:hush@s1:65536#shop",
        "redis-sentinel://u:hush@s1:1,#shop",
        "redis-sentinel://u:hush@#shop",
        "redis-sentinel:hush",
      })
  void another_form_of_sentinels_is_refused_and_not_repeated(String url) {
    assertThatThrownBy(() -> RedisAddress.of(url))
        .isInstanceOf(LogException.class)
        .hasMessageStartingWith(
            "sunchak.redis.url must be redis-sentinel://user:password@host:port,")
        .hasMessageNotContaining("hu");
  }

  @Test
  void clusters_are_said_not_to_be_supported() {
    assertThatThrownBy(() -> RedisAddress.of("redis-cluster://u:hush@h:1"))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("not supported")
        .hasMessageContaining("one primary")
        .hasMessageNotContaining("hush");
  }
}
