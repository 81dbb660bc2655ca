package org.openrcm.claim;

import java.util.List;

/**
 * A segment that is carried along as sent because nothing here reckons with it: CN1, CR1, CR2, CR3,
 * CRC, HCP, K3, MEA, MIA, MOA, PS1, SV5, LQ, FRM, DN1, UR ...
 *
 * @param tag its tag
 * @param elements each element's text, from 01 on, empty ones too but no empty ones at the end;
 *     components stand between {@code :} and repetitions between {@code ^}, whatever the file's own
 *     delimiters
 */
public record Detail(String tag, List<String> elements) {

  /** An element counted from 1, or {@code ""}. */
  public String element(int number) {
    return number <= elements.size() ? elements.get(number - 1) : "";
  }
}
