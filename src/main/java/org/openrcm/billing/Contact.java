package org.openrcm.billing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PER: a person or office and up to three ways to reach it.
 *
 * @param function PER01: {@code CX} claims, {@code BL} technical, {@code IC} information
 */
public record Contact(String function, @Nullable String name, List<Channel> channels) {

  /**
   * A qualifier ({@code TE} telephone, {@code EM} e-mail, {@code UR} address, ...) and a number.
   */
  public record Channel(String qualifier, String value) {}
}
