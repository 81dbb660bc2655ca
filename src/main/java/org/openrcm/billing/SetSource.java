package org.openrcm.billing;

/**
 * Where a transaction set stands in the world.
 *
 * @param file the file's name
 * @param fileHash SHA-256 of the file as received, in hexadecimal; empty when not known
 * @param sender ISA06 without padding
 * @param interchangeControl ISA13
 * @param groupControl GS06
 * @param setControl ST02
 * @param guide GS08 or ST03, such as {@code 005010X221A1}
 * @param occurrence 1, or more when the file repeats a set with the same control numbers
 */
public record SetSource(
    String file,
    String fileHash,
    String sender,
    String interchangeControl,
    String groupControl,
    String setControl,
    String guide,
    int occurrence) {

  /** {@code ISA13/GS06/ST02}, as findings name the set. */
  public String set() {
    return interchangeControl + "/" + groupControl + "/" + setControl;
  }
}
