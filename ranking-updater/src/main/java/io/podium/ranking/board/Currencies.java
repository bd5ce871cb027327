package io.podium.ranking.board;

import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The currencies of ISO 4217, as the JDK knows them (withdrawn ones among them). */
public final class Currencies {
  private static final Map<String, String> CODES = codes();

  private Currencies() {}

  /** The code itself, as one shared instance; null when it is not known. */
  public static @Nullable String known(@Nullable String code) {
    return code == null ? null : CODES.get(code);
  }

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (Currency currency : Currency.getAvailableCurrencies()) {
      codes.put(currency.getCurrencyCode(), currency.getCurrencyCode());
    }
    return codes;
  }
}
