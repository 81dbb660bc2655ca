package org.openrcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However broken a file is, what is said of it never repeats what it says of a patient. */
class NoPatientDataTest {
  private static final String CANARY = "ZYXCANARY";

  @TempDir private Path folder;

  @Test
  void noFindingRepeatsAnElementOfThePatient() throws IOException {
    String x12 = Files.readString(InputTest.VISIT).replace("QUILLBY", CANARY);
    x12 = x12.replace("TANSY", CANARY).replace("BFH100200301", CANARY).replace("LFP-1001", CANARY);
    List<String> broken = new ArrayList<>();
    for (String segment : x12.split("~\n")) {
      if (segment.startsWith("ISA") || segment.startsWith("GS") || segment.startsWith("ST")) {
        continue;
      }
      String[] elements = segment.split("\\*", -1);
      for (int at = 1; at <= elements.length; at++) {
        broken.add(x12.replace(segment + "~", with(elements, at, CANARY) + "~"));
      }
      broken.add(x12.replace(segment + "~", segment + "~" + segment + "*" + CANARY + "~"));
      broken.add(x12.replace(segment + "~", "ZZZ*" + CANARY + "~"));
      broken.add(x12.substring(0, x12.indexOf(segment) + segment.length() - 1));
    }
    assertThat(broken).hasSizeGreaterThan(200);
    for (String text : broken) {
      silent(text);
    }
  }

  @Test
  void noFindingRepeatsANameThatATerminatorTore() throws IOException {
    String x12 = Files.readString(InputTest.VISIT);
    silent(x12.replace("QUILLBY*", "QUI~" + CANARY + "*"));
    silent(x12.replace("QUILLBY*", "QUI~" + CANARY + "~"));
    silent(x12.replace("NM1*QC*1*QUILLBY*", "NM1QC1" + CANARY + "*"));
    silent(x12.replace("~\nNM1*QC", CANARY + "~\nNM1*QC"));
  }

  private static String with(String[] elements, int at, String value) {
    List<String> changed = new ArrayList<>(List.of(elements));
    if (at < changed.size()) {
      changed.set(at, value);
    } else {
      changed.add(value);
    }
    return String.join("*", changed);
  }

  private void silent(String x12) throws IOException {
    Path file = Files.writeString(folder.resolve("remit.835"), x12);
    CommandRun validate = CommandRun.over(file, "validate");
    CommandRun json = CommandRun.over(file, "validate", "--json");
    CommandRun convert = CommandRun.over(file, "convert");
    assertThat(validate.exitCode()).isLessThan(2);
    assertThat(validate.text() + validate.errors() + json.text() + convert.errors())
        .doesNotContain(CANARY)
        .doesNotContain("\tat ");
  }
}
