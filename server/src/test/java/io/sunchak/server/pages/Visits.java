package io.sunchak.server.pages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The people of one test. */
final class Visits implements AutoCloseable {
  private final Chromium chromium;
  private final Shop shop;
  private final List<Visit> all = new ArrayList<>();

  Visits(Chromium chromium, Shop shop) {
    this.chromium = chromium;
    this.shop = shop;
  }

  /** Somebody who has nothing but a browser. */
  Visit of(Look look) {
    return of(shop, look);
  }

  private Visit of(Shop shop, Look look) {
    Visit visit = new Visit(chromium, shop, look);
    all.add(visit);
    return visit;
  }

  /** An admin who follows a link to a page of the dashboard. */
  Visit admin(Look look, String page) {
    return admin(shop, look, page);
  }

  /** As {@link #admin(Look, String)}, of another server. */
  Visit admin(Shop other, Look look, String page) {
    return of(other, look).open("/#token=" + other.admin()).open("/#/" + page);
  }

  /** A user who comes from the shop to the campaign's page. */
  Visit user(Look look, String campaign, String user) {
    return of(look).open("/c/" + campaign + "#token=" + shop.user(user));
  }

  void saveTo(Path folder) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).save(folder.resolve((i + 1) + ".png"));
    }
  }

  void assertNoTrouble() {
    all.forEach(Visit::assertNoTrouble);
  }

  @Override
  public void close() {
    all.forEach(Visit::close);
  }
}
