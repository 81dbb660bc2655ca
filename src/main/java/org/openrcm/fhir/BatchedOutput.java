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

/**
 * Maps and encodes resources in batches on all cores, and puts them out in the order in which they
 * were asked for. A few batches are in memory at a time.
 *
 * <p>People, places, organisations and coverages that are the same in every word are put out once
 * per file (as long as {@value #REMEMBERED} of them are remembered).
 */
public final class BatchedOutput implements AutoCloseable {
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
  private final Deque<Future<Encoded>> waiting = new ArrayDeque<>();
  private final Set<String> written = new HashSet<>();
  private List<Work> batch = new ArrayList<>();

  /** Something to map, in its place in the order; done by any of several threads. */
  interface Work {
    void encode(Encoded into) throws IOException;
  }

  /** A batch's JSON, one resource after the other, with where each ends. */
  static final class Encoded extends ByteArrayOutputStream {
    private final List<Written> resources = new ArrayList<>();

    void add(Resource resource) throws IOException {
      int start = count;
      FhirJson.write(resource, this);
      resources.add(new Written(resource.fhirType(), resource.getIdPart(), start, count - start));
    }

    void addAll(List<? extends Resource> all) throws IOException {
      for (Resource resource : all) {
        add(resource);
      }
    }

    private byte[] bytes() {
      return buf;
    }
  }

  private record Written(String type, String id, int offset, int length) {
    /** Whether it says the same wherever the same id stands. */
    boolean isShared() {
      return switch (type) {
        case "Patient",
            "Coverage",
            "Organization",
            "Practitioner",
            "PractitionerRole",
            "RelatedPerson",
            "Location" ->
            true;
        default -> false;
      };
    }
  }

  /** Writes to {@code output}, which stays open. */
  public BatchedOutput(ResourceOutput output) {
    this.output = output;
  }

  /** What comes next is from this file. */
  public void startFile(String name) throws IOException {
    flush();
    written.clear();
    output.startFile(name);
  }

  void add(Work work) {
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
          for (Work work : todo) {
            work.encode(encoded);
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
