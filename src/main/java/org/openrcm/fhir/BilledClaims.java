package org.openrcm.fhir;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Submission;
import org.openrcm.remittance.ClaimPayment;
import tools.jackson.databind.json.JsonMapper;

/**
 * The claims of the 837s of one run, to be found by the 835s that answer them, in any order of the
 * files.
 *
 * <p>The claims themselves are in a temporary file, packed, which nobody else can read and which is
 * gone when this is closed or the process ends; in memory is an index of 16 to 64 bytes a claim, up
 * to {@value #MOST_CLAIMS} claims. Those beyond are not found. Adding is for one thread, and comes
 * before finding, which any number of threads may do.
 */
public final class BilledClaims implements Closeable {
  private static final int MOST_CLAIMS = 4_000_000;
  private static final int FIRST_SLOTS = 1 << 12;
  private static final int SUBMISSIONS_REMEMBERED = 64;
  private static final int HEADER = Integer.BYTES + Long.BYTES;

  // components only: records have methods that look like properties
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultVisibility(
              visible ->
                  visible
                      .withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                      .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                      .withVisibility(PropertyAccessor.CREATOR, Visibility.ANY))
          .changeDefaultPropertyInclusion(
              always -> always.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private final FileChannel file;
  private long end;
  private int size;
  // by open addressing: the hash of a number, and where its claim is in the file, plus one
  private long[] hashes = new long[FIRST_SLOTS];
  private long[] places = new long[FIRST_SLOTS];
  private @Nullable Submission last;
  private long lastPlace;
  private final Map<Long, Submission> submissions = new ConcurrentHashMap<>();

  public BilledClaims() throws IOException {
    file =
        FileChannel.open(
            Files.createTempFile("openrcm", ".claims"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  // the very same submission comes with claim after claim
  @SuppressWarnings("ReferenceEquality")
  void add(Submission submission, Claim claim) throws IOException {
    if (size >= MOST_CLAIMS) {
      return;
    }
    if (submission != last) {
      lastPlace = append(packed(submission), 0);
      last = submission;
    }
    long place = append(packed(claim), lastPlace);
    if (2 * (size + 1) > places.length) {
      grow();
    }
    put(hash(claim.patientControlNumber()), place + 1);
    size++;
  }

  private static byte[] packed(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream packing = new DeflaterOutputStream(bytes, fast)) {
      packing.write(MAPPER.writeValueAsBytes(value));
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  /** Length, where its submission is, and the packed record. */
  private long append(byte[] record, long submission) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + record.length);
    bytes.putInt(record.length).putLong(submission).put(record).flip();
    long place = end;
    while (bytes.hasRemaining()) {
      end += file.write(bytes, end);
    }
    return place;
  }

  private void put(long hash, long place) {
    int slot = slot(hash);
    while (places[slot] != 0) {
      slot = (slot + 1) & (places.length - 1);
    }
    hashes[slot] = hash;
    places[slot] = place;
  }

  private int slot(long hash) {
    return (int) (hash ^ (hash >>> 32)) & (places.length - 1);
  }

  private void grow() {
    long[] oldHashes = hashes;
    long[] oldPlaces = places;
    hashes = new long[oldPlaces.length * 2];
    places = new long[oldPlaces.length * 2];
    for (int i = 0; i < oldPlaces.length; i++) {
      if (oldPlaces[i] != 0) {
        put(oldHashes[i], oldPlaces[i]);
      }
    }
  }

  private static long hash(String number) {
    return ContentId.uuid(ContentId.of(number)).getMostSignificantBits();
  }

  /**
   * The claim that this one answers, or null: of those with its number (CLP01 = CLM01) the one that
   * agrees best in charge, member number, name and frequency. One that agrees in none of the first
   * three is somebody else's.
   */
  @Nullable Billed find(ClaimPayment payment) throws IOException {
    List<Billed> candidates = candidates(payment.patientControlNumber());
    Billed best = null;
    int most = 1;
    for (Billed candidate : candidates) {
      int agreement = agreement(payment, candidate.claim());
      if (agreement > most) {
        most = agreement;
        best = candidate;
      }
    }
    return best;
  }

  private static int agreement(ClaimPayment payment, Claim claim) {
    int agreement = 0;
    if (Math.abs(payment.charged().cents()) == claim.charged().cents()) {
      agreement += 6;
    }
    Person treated = claim.treated().person();
    Person subscriber = claim.subscriber().person().person();
    for (Person person : payment.people()) {
      switch (person.entity()) {
        case "QC", "IL", "74" -> {
          String id = person.id();
          if (id != null && (id.equals(subscriber.id()) || id.equals(treated.id()))) {
            agreement += 2;
          }
          String name = person.lastName();
          if (name != null
              && (name.equalsIgnoreCase(treated.lastName())
                  || name.equalsIgnoreCase(subscriber.lastName()))) {
            agreement += 2;
          }
        }
        default -> {
          // providers and payers do not tell whose claim it is
        }
      }
    }
    if (agreement > 0
        && payment.frequency() != null
        && payment.frequency().equals(claim.frequency())) {
      agreement++;
    }
    return agreement;
  }

  private List<Billed> candidates(String number) throws IOException {
    List<Long> found = new ArrayList<>(1);
    long hash = hash(number);
    int slot = slot(hash);
    while (places[slot] != 0) {
      if (hashes[slot] == hash) {
        found.add(places[slot] - 1);
      }
      slot = (slot + 1) & (places.length - 1);
    }
    Collections.sort(found);
    List<Billed> candidates = new ArrayList<>(found.size());
    for (long place : found) {
      Billed billed = read(place);
      if (billed.claim().patientControlNumber().equals(number)) {
        candidates.add(billed);
      }
    }
    return candidates;
  }

  private Billed read(long place) throws IOException {
    ByteBuffer header = bytes(place, HEADER);
    int length = header.getInt();
    long of = header.getLong();
    Submission submission = submissions.get(of);
    if (submission == null) {
      if (submissions.size() >= SUBMISSIONS_REMEMBERED) {
        submissions.clear();
      }
      submission = unpacked(of, bytes(of, HEADER).getInt(), Submission.class);
      submissions.put(of, submission);
    }
    return new Billed(submission, unpacked(place, length, Claim.class));
  }

  private <T> T unpacked(long place, int length, Class<T> type) throws IOException {
    byte[] record = new byte[length];
    bytes(place + HEADER, length).get(record);
    try (var packed = new InflaterInputStream(new ByteArrayInputStream(record))) {
      return MAPPER.readValue(packed, type);
    }
  }

  private ByteBuffer bytes(long place, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, place + bytes.position()) < 0) {
        throw new EOFException("the claims of this run are cut off");
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
