package io.sunchak.server.pages;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/** What a person's browser is like. */
record Look(String language, String zone, ColorScheme colours, int width, int height) {
  static final Look ENGLISH = new Look("en-GB", "America/New_York", ColorScheme.LIGHT, 1280, 900);
  static final Look ENGLISH_AT_NIGHT = new Look("en-GB", "Asia/Seoul", ColorScheme.DARK, 1280, 900);
  static final Look KOREAN = new Look("ko-KR", "Asia/Seoul", ColorScheme.DARK, 1280, 900);
  static final Look PHONE = new Look("ko-KR", "Asia/Seoul", ColorScheme.LIGHT, 390, 844);
  static final Look SMALLEST = new Look("en-GB", "UTC", ColorScheme.DARK, 360, 740);

  NewContextOptions options() {
    boolean phone = width < 720;
    return new NewContextOptions()
        .setLocale(language)
        .setTimezoneId(zone)
        .setColorScheme(colours)
        .setReducedMotion(ReducedMotion.REDUCE)
        .setViewportSize(width, height)
        .setDeviceScaleFactor(phone ? 3 : 2)
        .setHasTouch(phone);
  }
}
