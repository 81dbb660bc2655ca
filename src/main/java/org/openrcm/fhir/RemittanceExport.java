package org.openrcm.fhir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Identities;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.Reversals;

/**
 * Writes remittances as FHIR resources while they are read: mapped and encoded in batches on all
 * cores, put out in the order of the file. A few batches are in memory at a time.
 *
 * <p>People, organisations and coverages that are the same in every word are put out once per file
 * (as long as {@value #REMEMBERED} of them are remembered).
 */
public final class RemittanceExport implements RemittanceHandler, AutoCloseable {
  private static final int CLAIMS_PER_BATCH = 64;
  private static final int REMEMBERED = 200_000;

  private final ResourceOutput output;
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          threads,
          work -> {
            Thread thread = new Thread(work, "fhir-export");
            thread.setDaemon(true);
            return thread;
          });
  private final ThreadLocal<RemittanceResources> mappers;
  private final Deque<Future<Encoded>> waiting = new ArrayDeque<>();
  private final Set<String> written = new HashSet<>();

  private List<Work> batch = new ArrayList<>();
  private List<PaymentReconciliations.Detail> details = new ArrayList<>();
  private Money detailed = Money.ZERO;
  private int part = 1;
  private Money givenToParts = Money.ZERO;
  private final Reversals reversals = new Reversals();

  /** Something to map, in its place in the order. */
  private interface Work {
    void encode(RemittanceResources mapper, Encoded into) throws IOException;
  }

  /** A batch's JSON, one resource after the other, with where each ends. */
  private static final class Encoded extends ByteArrayOutputStream {
    final List<Written> resources = new ArrayList<>();

    void add(Resource resource) throws IOException {
      int start = count;
      FhirJson.write(resource, this);
      resources.add(new Written(resource.fhirType(), resource.getIdPart(), start, count - start));
    }

    byte[] bytes() {
      return buf;
    }
  }

  private record Written(String type, String id, int offset, int length) {
    /** Whether it says the same wherever the same id stands. */
    boolean isShared() {
      return switch (type) {
        case "Patient", "Coverage", "Organization", "Practitioner" -> true;
        default -> false;
      };
    }
  }

  /**
   * Writes to {@code output}, which stays open.
   *
   * @param provenance whether each claim comes with a Provenance
   */
  public RemittanceExport(ResourceOutput output, boolean provenance) {
    this.output = output;
    this.mappers = ThreadLocal.withInitial(() -> new RemittanceResources(provenance));
  }

  /** What comes next is from this file. */
  public void startFile(String name) throws IOException {
    flush();
    written.clear();
    output.startFile(name);
  }

  @Override
  public void start(Remittance remittance) {
    details = new ArrayList<>();
    detailed = Money.ZERO;
    part = 1;
    reversals.clear();
    add((mapper, into) -> addAll(mapper.of(remittance), into));
  }

  @Override
  public void claim(Remittance remittance, ClaimPayment claim) {
    String id = Identities.claimId(remittance, claim);
    String prior = reversals.prior(claim);
    detail(remittance, PaymentReconciliations.Detail.of(id, claim));
    add((mapper, into) -> addAll(mapper.of(remittance, claim, id, prior), into));
  }

  @Override
  public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {
    detail(remittance, PaymentReconciliations.Detail.of(adjustment));
  }

  private void detail(Remittance remittance, PaymentReconciliations.Detail detail) {
    if (details.size() == PaymentReconciliations.MOST_DETAILS) {
      payment(remittance, detailed, null);
      details = new ArrayList<>();
      part++;
    }
    details.add(detail);
    detailed = detailed.plus(detail.amount());
  }

  @Override
  public void end(Remittance remittance, Totals totals) {
    payment(remittance, remittance.payment().amount(), totals);
  }

  private void payment(Remittance remittance, @Nullable Money upTo, @Nullable Totals totals) {
    List<PaymentReconciliations.Detail> ofPart = details;
    int number = part;
    Money before = number == 1 ? Money.ZERO : givenToParts;
    Money amount = upTo == null ? null : upTo.minus(before);
    givenToParts = upTo == null ? before : upTo;
    add((mapper, into) -> into.add(mapper.payment(remittance, ofPart, amount, number, totals)));
  }

  private static void addAll(List<Resource> resources, Encoded into) throws IOException {
    for (Resource resource : resources) {
      into.add(resource);
    }
  }

  private void add(Work work) {
    batch.add(work);
    if (batch.size() >= CLAIMS_PER_BATCH) {
      submit();
    }
  }

  private void submit() {
    if (batch.isEmpty()) {
      return;
    }
    List<Work> todo = batch;
    batch = new ArrayList<>(CLAIMS_PER_BATCH);
    Callable<Encoded> task =
        () -> {
          Encoded encoded = new Encoded();
          RemittanceResources mapper = mappers.get();
          for (Work work : todo) {
            work.encode(mapper, encoded);
          }
          return encoded;
        };
    waiting.add(workers.submit(task));
    while (waiting.size() > threads * 2) {
      putOut(waiting.remove());
    }
  }

  private void putOut(Future<Encoded> future) {
    try {
      Encoded encoded = future.get();
      for (Written resource : encoded.resources) {
        if (!resource.isShared() || isFirst(resource)) {
          output.write(
              resource.type(),
              resource.id(),
              encoded.bytes(),
              resource.offset(),
              resource.length());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a claim cannot be mapped to FHIR", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing", e);
    }
  }

  private boolean isFirst(Written resource) {
    if (written.size() >= REMEMBERED) {
      written.clear();
    }
    return written.add(resource.id());
  }

  /** Puts out all that is still in work. */
  public void flush() throws IOException {
    try {
      submit();
      while (!waiting.isEmpty()) {
        putOut(waiting.remove());
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
