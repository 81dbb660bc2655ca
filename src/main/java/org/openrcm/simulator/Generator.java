package org.openrcm.simulator;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SetSource;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimKind;
import org.openrcm.claim.ClaimWriter;
import org.openrcm.claim.Submission;
import org.openrcm.x12.X12Writer;

/**
 * Makes up practices, their patients and what they bill in a month: a file of 837s for each
 * practice and kind, an interchange for each sending of at most 5,000 claims.
 *
 * <p>The same settings give the same bytes. Claims are written one at a time: memory does not grow
 * with their number.
 */
public final class Generator {
  private static final int MOST_IN_A_SET = 5_000;
  private static final int FEWEST_IN_A_SET = 25;
  private static final int SENDINGS = 20;
  private static final int DAYS = 28;
  private static final String RECEIVER = "TIDEWAY";

  /** Of a hundred claims of a town: how many are professional, and how many institutional. */
  private static final int PROFESSIONAL_SHARE = 70;

  private static final int INSTITUTIONAL_SHARE = 18;

  /**
   * What is asked for.
   *
   * @param kind null for all three
   * @param practices in how many towns; with all kinds each has a practice, a hospital and a
   *     dentist
   * @param from the first day of service of the month
   */
  public record Settings(
      int claims, long seed, @Nullable ClaimKind kind, int practices, LocalDate from) {

    /**
     * Settings that can be met.
     *
     * @throws IllegalArgumentException when there are fewer claims than practices
     */
    public Settings {
      if (claims < 1 || practices < 1 || claims < practices) {
        throw new IllegalArgumentException("each practice needs a claim");
      }
    }
  }

  private final Settings settings;

  public Generator(Settings settings) {
    this.settings = settings;
  }

  /**
   * Writes the files and answers their paths.
   *
   * @param folder made when it is not there; files of the same names are written over
   * @param eachClaim runs after each claim, for those who count
   */
  public List<Path> write(Path folder, Runnable eachClaim) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int number = 1; number <= settings.practices(); number++) {
      int claims = share(settings.claims(), number, settings.practices());
      ClaimKind only = settings.kind();
      for (ClaimKind kind : ClaimKind.values()) {
        int its = only == null ? ofKind(kind, claims) : only == kind ? claims : 0;
        if (its > 0) {
          Practice practice = Practice.of(settings.seed(), number, kind);
          Path file = folder.resolve(practice.fileName());
          write(file, practice, its, eachClaim);
          files.add(file);
        }
      }
    }
    return files;
  }

  /** An equal part; what is left over goes to the first ones. */
  private static int share(int all, int number, int of) {
    return all / of + (number <= all % of ? 1 : 0);
  }

  private static int ofKind(ClaimKind kind, int claims) {
    int institutional = claims * INSTITUTIONAL_SHARE / 100;
    int dental = claims * (100 - PROFESSIONAL_SHARE - INSTITUTIONAL_SHARE) / 100;
    return switch (kind) {
      case PROFESSIONAL -> claims - institutional - dental;
      case INSTITUTIONAL -> institutional;
      case DENTAL -> dental;
    };
  }

  private void write(Path file, Practice practice, int claims, Runnable eachClaim)
      throws IOException {
    ClaimMaker maker = new ClaimMaker(settings.seed(), practice, settings.from(), DAYS, claims);
    int inSet = Math.max(FEWEST_IN_A_SET, Math.min(MOST_IN_A_SET, claims / SENDINGS + 1));
    long control =
        Dice.of(settings.seed(), "controls", practice.number(), practice.kind()).below(900_000_000);
    try (X12Writer out = new X12Writer(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int start = 0; start < claims; start += inSet) {
        int end = Math.min(claims, start + inSet);
        send(out, practice, maker, start, end, ++control, eachClaim);
      }
    }
  }

  private static void send(
      X12Writer out,
      Practice practice,
      ClaimMaker maker,
      int start,
      int end,
      long control,
      Runnable eachClaim) {
    LocalDateTime at = maker.day(end - 1).plusDays(1).atTime(LocalTime.of(19, 30));
    String sender = practice.tax();
    String guide = practice.kind().guide();
    out.beginInterchange(
        new X12Writer.Interchange("30", sender, "ZZ", RECEIVER, at, control, true, "P"));
    out.beginGroup("HC", sender, RECEIVER, at, control, guide);
    ClaimWriter writer = new ClaimWriter(out);
    writer.begin(submission(practice, at, control), "0001");
    for (int i = start; i < end; i++) {
      Claim claim = maker.claim(i);
      writer.write(claim);
      eachClaim.run();
    }
    writer.end();
    out.endGroup();
    out.endInterchange();
  }

  private static Submission submission(Practice practice, LocalDateTime at, long control) {
    SetSource source =
        new SetSource("", "", practice.tax(), "", "", "0001", practice.kind().guide(), 1);
    return new Submission(
        source,
        practice.kind(),
        "00",
        practice.prefix() + "-" + control,
        at.toLocalDate(),
        at.toLocalTime(),
        "CH",
        Parties.submitter(practice),
        Parties.receiver(),
        List.of());
  }
}
