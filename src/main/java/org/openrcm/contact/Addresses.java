package org.openrcm.contact;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and e-mail addresses, each written in one way only. */
final class Addresses {
  private static final int DIGITS = 10;
  private static final int LONGEST = 254;

  private Addresses() {}

  /** Ten digits; null for what is no number of the North American plan. */
  static @Nullable String phone(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String digits = text.replaceAll("\\D", "");
    if (digits.length() == DIGITS + 1 && digits.startsWith("1")) {
      digits = digits.substring(1);
    }
    return digits.matches("[2-9]\\d{2}[2-9]\\d{6}") ? digits : null;
  }

  /** In small letters; null for what is no address. */
  static @Nullable String email(@Nullable String text) {
    String clean = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    return clean.length() <= LONGEST && clean.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+")
        ? clean
        : null;
  }

  /** As the channel has them; null for a channel without. */
  static @Nullable String of(Channel channel, @Nullable String text) {
    return channel.isByPhone() ? phone(text) : channel == Channel.EMAIL ? email(text) : null;
  }

  /** As people read it. */
  static String shown(String address) {
    return address.length() == DIGITS && address.indexOf('@') < 0
        ? "(%s) %s-%s"
            .formatted(address.substring(0, 3), address.substring(3, 6), address.substring(6))
        : address;
  }
}
