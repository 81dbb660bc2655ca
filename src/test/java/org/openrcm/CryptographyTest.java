package org.openrcm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which cryptography our code asks for (OWASP ASVS 5.0 11.2 to 11.6); why: src/docs/security.md.
 */
class CryptographyTest {
  private static final Pattern ASKED =
      Pattern.compile(
          "\\b(MessageDigest|Cipher|Mac|Signature|KeyPairGenerator|KeyGenerator|KeyFactory"
              + "|SecretKeyFactory|KeyAgreement|KeyStore|SSLContext|SecureRandom)"
              + "\\s*\\.\\s*getInstance\\w*\\(\\s*([^)]*)\\)");

  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "MessageDigest", Set.of("\"SHA-256\""),
          "Cipher", Set.of("\"AES/GCM/NoPadding\""),
          // constants of their classes, below
          "Mac", Set.of("ALGORITHM", "HMAC"),
          "Signature", Set.of("\"Ed25519\""),
          "KeyPairGenerator", Set.of("\"Ed25519\""),
          "KeyFactory", Set.of("\"Ed25519\""));

  /** Words for what nobody uses any more; {@code Codes} says whose SHA-1 it is. */
  private static final Pattern OLD =
      Pattern.compile(
          "(?i)\\bMD[245]\\b|\\bSHA-?1\\b|\\bHmacSHA1\\b|/ECB|/CBC|\\bDESede\\b|\\bRC4\\b"
              + "|PKCS1Padding|\\bBlowfish\\b");

  private static final Pattern CONSTANT =
      Pattern.compile("String (?:ALGORITHM|HMAC) = \"([^\"]*)\";");

  private static Map<Path, String> sources() throws IOException {
    Map<Path, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        sources.put(file, Files.readString(file));
      }
    }
    return sources;
  }

  @Test
  void onlyTheAlgorithmsOfTheListAreAskedFor() throws IOException {
    Map<String, Set<String>> asked = new TreeMap<>();
    for (Map.Entry<Path, String> source : sources().entrySet()) {
      Matcher call = ASKED.matcher(source.getValue());
      while (call.find()) {
        assertThat(ALLOWED.getOrDefault(call.group(1), Set.of()))
            .as("%s: %s", source.getKey(), call.group())
            .contains(call.group(2).strip());
        asked.computeIfAbsent(call.group(1), key -> new TreeSet<>()).add(call.group(2).strip());
      }
      Matcher constant = CONSTANT.matcher(source.getValue());
      while (constant.find()) {
        assertThat(constant.group(1)).as(source.getKey().toString()).isEqualTo("HmacSHA256");
      }
    }
    assertThat(asked).as("all of the list is needed").isEqualTo(ALLOWED);
  }

  /** The one exception is the algorithm of authenticator apps, RFC 6238. */
  @Test
  void noOldAlgorithmIsNamed() throws IOException {
    sources()
        .forEach(
            (file, source) -> {
              String code = source.replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
              assertThat(OLD.matcher(code).results().map(each -> each.group()).toList())
                  .as(file.toString())
                  .isEmpty();
            });
    assertThat(Files.readString(Path.of("src/main/java/org/openrcm/identity/Codes.java")))
        .contains("new TimeBasedOneTimePasswordGenerator()")
        .contains("RFC 6238: SHA-1");
  }

  /** OWASP ASVS 5.0 6.5.3, 11.5.1: what must not be guessed comes from the system's own source. */
  @Test
  void chanceIsTheSystems() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.(Random|SplittableRandom)|java\\.util\\.random\\..*"
                + "|java\\.util\\.concurrent\\.ThreadLocalRandom")
        .orShould()
        .callMethod(Math.class, "random")
        .check(OurClasses.ALL);
  }
}
