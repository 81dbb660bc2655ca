package org.openrcm.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.posting.SimulatedMonth;
import org.springframework.util.FileSystemUtils;

/**
 * A clearinghouse's program, which hands in made-up months with all that payers answer, and now and
 * then what is no file any more.
 */
final class EnduranceFiles implements Runnable {
  static final String[] SCOPES = {"system/files.write", "system/files.read"};

  private static final int CLAIMS = 24;
  private static final int MOST_WAITING = 12;
  private static final int PAUSE_MILLIS = 150;
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern CLAIM = Pattern.compile("~\\s*(CLM|CLP)\\*");

  private final EnduranceLoad load;
  private final EnduranceProgram program;
  private final Path folder;
  private final long seed;
  private final Random random;

  /** What was handed in, by its SHA-256: how many claims are in it; empty when it was spoilt. */
  private final Map<String, Optional<Long>> handed = new ConcurrentHashMap<>();

  /** Receipts, by the file's id: its SHA-256. */
  private final Map<String, String> receipts = new ConcurrentHashMap<>();

  EnduranceFiles(EnduranceLoad load, EnduranceProgram program, Path folder, long seed) {
    this.load = load;
    this.program = program;
    this.folder = folder;
    this.seed = seed;
    this.random = new Random(seed);
  }

  Map<String, Optional<Long>> handed() {
    return handed;
  }

  Map<String, String> receipts() {
    return receipts;
  }

  @Override
  public void run() {
    try {
      for (int month = 0; !load.isOver(); month++) {
        Path its = folder.resolve("month" + month);
        LocalDate firstDay = LocalDate.now().minusDays(70L + random.nextInt(200));
        for (Path file :
            SimulatedMonth.make(its, CLAIMS, seed + month * 1_000_003L, firstDay).files()) {
          if (load.isOver()) {
            break;
          }
          byte[] bytes = Files.readAllBytes(file);
          // instead: what is left whole in it would make a repetition of the good one
          if (random.nextInt(8) == 0) {
            hand("spoilt-" + file.getFileName(), spoilt(bytes), Optional.empty());
          } else {
            hand(file.getFileName().toString(), bytes, Optional.of(claims(bytes)));
          }
          waitForRoom();
        }
        FileSystemUtils.deleteRecursively(its);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long claims(byte[] bytes) {
    return CLAIM.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).results().count();
  }

  private byte[] spoilt(byte[] bytes) {
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      }
      case 1 -> {
        byte[] noise = new byte[1 + random.nextInt(20_000)];
        random.nextBytes(noise);
        return noise;
      }
      case 2 -> {
        byte[] other = bytes.clone();
        for (int i = 0; i < 1 + random.nextInt(40); i++) {
          other[random.nextInt(other.length)] = (byte) random.nextInt(256);
        }
        return other;
      }
      default -> {
        int from = random.nextInt(bytes.length);
        return Arrays.copyOfRange(bytes, from, bytes.length);
      }
    }
  }

  private void hand(String name, byte[] bytes, Optional<Long> claims) {
    String hash = hash(bytes);
    handed.put(hash, claims);
    HttpResponse<String> answer =
        program.ask(
            "files",
            "POST",
            "/api/files",
            api ->
                api.request("/api/files")
                    .header("Content-Type", "application/edi-x12")
                    .header("X-File-Name", name)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    Matcher id = ID.matcher(answer.body());
    if ((answer.statusCode() != 202 && answer.statusCode() != 200) || !id.find()) {
      throw load.unexpected("POST", "/api/files", answer);
    }
    receipts.put(id.group(1), hash);
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nobody sends more to who does not get on with it. */
  private void waitForRoom() {
    while (!load.isOver()) {
      HttpResponse<String> waiting =
          program.ask(
              "file lists",
              "GET",
              "/api/files?state=received",
              api -> api.request("/api/files?state=received"));
      if (waiting.statusCode() != 200) {
        throw load.unexpected("GET", "/api/files", waiting);
      }
      load.pause(random.nextInt(PAUSE_MILLIS));
      if (ID.matcher(waiting.body()).results().count() < MOST_WAITING) {
        return;
      }
    }
  }
}
