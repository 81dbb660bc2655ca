package org.openrcm.intake;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file to its end, or to its limit, has shown.
 *
 * @param x12Size bytes of X12 that were read
 * @param zip whether it is an archive of files
 * @param beyond which limit it passes, in plain words; null when none
 */
record FileReport(
    UUID file,
    long x12Size,
    boolean zip,
    @Nullable String beyond,
    FindingLog findings,
    List<Mark> marks,
    List<SetResult> sets) {

  FileReport with(List<SetResult> known) {
    return new FileReport(file, x12Size, zip, beyond, findings, marks, known);
  }

  private int count(SetResult.Kind kind) {
    return (int) sets.stream().filter(set -> set.kind() == kind).count();
  }

  /** The state that the file ends in. */
  FileState state() {
    if (beyond != null) {
      return FileState.QUARANTINED;
    }
    if (count(SetResult.Kind.LOADED) > 0) {
      return FileState.LOADED;
    }
    return !sets.isEmpty() && count(SetResult.Kind.DUPLICATE) == sets.size()
        ? FileState.DUPLICATE
        : FileState.QUARANTINED;
  }

  ReceivedFile.Reading reading() {
    int claims = 0;
    for (SetResult set : sets) {
      claims += set.kind() == SetResult.Kind.LOADED ? set.claims() : 0;
    }
    return new ReceivedFile.Reading(
        x12Size, count(SetResult.Kind.LOADED), claims, findings.errors(), findings.warnings());
  }

  /** Why nothing was loaded, in plain words. */
  String trouble() {
    if (beyond != null) {
      return count(SetResult.Kind.LOADED) == 0
          ? beyond
          : beyond + " What came before that point was loaded.";
    }
    if (zip) {
      return "This is a ZIP archive. Unpack it and send the files that are in it.";
    }
    if (findings.isCutOff()) {
      return "The compressed file is damaged. Ask the sender for it again.";
    }
    if (x12Size == 0) {
      return "The file is empty.";
    }
    if (!findings.isX12()) {
      return "This is not an X12 file: no interchange (ISA) starts in it.";
    }
    if (sets.isEmpty()) {
      return "No transaction set starts in it.";
    }
    return "None of its transaction sets could be loaded. Each of them says why.";
  }

  /** What else there is to know of a file that was loaded, in plain words; null when nothing. */
  @Nullable String remark() {
    if (findings.isCutOff()) {
      return "The compressed file breaks off: only what stands before the damage was loaded.";
    }
    int left = count(SetResult.Kind.NOT_LOADED);
    return left == 0 ? null : left + " of " + sets.size() + " transaction sets were not loaded.";
  }
}
