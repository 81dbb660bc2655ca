package org.openrcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgeTest {
  private static final String REMITTANCE = "samples/family-practice.835";

  @TempDir private Path folder;

  private Path copied(String from, String to) throws IOException {
    String text = Files.readString(Path.of(REMITTANCE));
    assertThat(text).contains(from);
    return Files.writeString(folder.resolve("remit.835"), text.replace(from, to));
  }

  @Test
  void bothAnswersAreWrittenBesideTheFile() throws IOException {
    Path file = copied("", "");
    CommandRun run = CommandRun.over(file, "acknowledge", "--control", "41");
    assertThat(run.exitCode()).isZero();
    assertThat(folder.resolve("remit.835.ta1"))
        .content()
        .contains("*000000043*")
        .contains("*A*000");
    assertThat(folder.resolve("remit.835.999"))
        .content()
        .contains("*000000041*")
        .contains("GS*FA*")
        .contains("AK9*A*");
    assertThat(CommandRun.over(folder.resolve("remit.835.999"), "validate").exitCode()).isZero();
  }

  @Test
  void aFileWithFaultsIsRejectedAndTheExitCodeSaysSo() throws IOException {
    Path file = copied("CLP*LFP-1201*1*", "CLP*LFP-1201*X*");
    Path answers = folder.resolve("answers");
    CommandRun run = CommandRun.over(file, "acknowledge", "-o", answers.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("level 2");
    assertThat(answers.resolve("remit.835.999")).content().contains("IK3*CLP*").contains("AK9*R*");
  }

  @Test
  void oneAnswerCanGoToStandardOutput() {
    CommandRun run =
        CommandRun.over(Path.of(REMITTANCE), "acknowledge", "-o", "-", "--only", "ta1");
    assertThat(run.text()).contains("TA1*").doesNotContain("AK1*");
  }

  @Test
  void whatIsNoX12GetsNoAnswer() throws IOException {
    Path file = Files.writeString(folder.resolve("letter.txt"), "Dear Sir or Madam");
    CommandRun run = CommandRun.over(file, "acknowledge");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("letter.txt.ta1")).doesNotExist();
    assertThat(folder.resolve("letter.txt.999")).doesNotExist();
  }

  @Test
  void onlyTheTwoKindsAreKnown() {
    CommandRun run = CommandRun.over(Path.of(REMITTANCE), "acknowledge", "--only", "277");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains("--only takes ta1 or 999");
  }
}
