package org.openrcm.identity;

import io.nayuki.qrcodegen.QrCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.codec.binary.Base32;

/**
 * What a person needs to put a secret into an authenticator app.
 *
 * @param text to type in, in groups of four
 * @param drawing the path of the QR code, for an SVG of {@code size} by {@code size}
 */
public record Authenticator(String text, String drawing, int size) {
  private static final int GROUP = 4;
  private static final int MARGIN = 4;

  static Authenticator of(byte[] secret, String email) {
    String base32 = new Base32().encodeToString(secret).replace("=", "");
    String address =
        "otpauth://totp/OpenRCM:%s?secret=%s&issuer=OpenRCM"
            .formatted(
                URLEncoder.encode(email, StandardCharsets.UTF_8).replace("+", "%20"), base32);
    QrCode code = QrCode.encodeText(address, QrCode.Ecc.MEDIUM);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append('M').append(x + MARGIN).append(',').append(y + MARGIN).append("h1v1h-1z");
        }
      }
    }
    return new Authenticator(grouped(base32), path.toString(), code.size + 2 * MARGIN);
  }

  private static String grouped(String base32) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < base32.length(); i += GROUP) {
      text.append(i == 0 ? "" : " ").append(base32, i, Math.min(i + GROUP, base32.length()));
    }
    return text.toString().toUpperCase(Locale.ROOT);
  }
}
