package org.openrcm.jobs;

/** One try of a job, as the work sees it. */
public final class JobRun {
  private volatile boolean stopped;

  /** Tells the work that its job is no longer its own: the server stops, or the lease ran out. */
  void stop() {
    stopped = true;
  }

  /**
   * Whether to go on; to be called at least every few seconds.
   *
   * @throws Stopped when not: to be let through, so that the job is left to the next try
   */
  public void goOn() {
    if (stopped) {
      throw new Stopped();
    }
  }

  /** The job is to be left where it is. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("the job is left to another try", null, false, false);
    }
  }
}
