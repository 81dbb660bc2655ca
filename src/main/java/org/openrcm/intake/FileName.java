package org.openrcm.intake;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes what a sender calls a file fit to be shown. It is never used as a path. */
final class FileName {
  static final String UNNAMED = "unnamed";

  private static final int LONGEST = 200;
  private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);

  /** Control and format characters, which could turn or hide what stands around them. */
  private static final Pattern UNSHOWABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}]");

  private FileName() {}

  /** The last part of the name, without what cannot be shown; {@link #UNNAMED} for nothing. */
  static String of(@Nullable String sent) {
    if (sent == null) {
      return UNNAMED;
    }
    String last = FOLDERS.matcher(sent).replaceFirst("");
    String name = UNSHOWABLE.matcher(last).replaceAll("").strip();
    if (name.length() > LONGEST) {
      int end = Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
      name = name.substring(0, end);
    }
    return name.isEmpty() || name.equals(".") || name.equals("..") ? UNNAMED : name;
  }
}
