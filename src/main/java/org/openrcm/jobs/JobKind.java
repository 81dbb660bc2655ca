package org.openrcm.jobs;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * What is done for jobs of one kind; a bean of each kind makes a node take such jobs.
 *
 * @param name as {@link Jobs#enqueue} has it, such as {@code READ_FILE}
 * @param work done at least once: after a crash it starts again, maybe on another node, so what it
 *     has done before must be recognised and not done twice
 * @param giveUp told, in one transaction with the end of the job, that the work failed too often
 * @param attempts after how many tries it is given up; 0: as many as of all jobs
 */
public record JobKind(String name, Work work, Consumer<UUID> giveUp, int attempts) {

  public JobKind(String name, Work work, Consumer<UUID> giveUp) {
    this(name, work, giveUp, 0);
  }

  /** The work for one subject. */
  @FunctionalInterface
  public interface Work {

    /**
     * Does it, as the actor of the job's practice, outside any transaction.
     *
     * @param run to be asked now and then whether to go on
     * @throws Exception when it is to be tried again later
     */
    void run(UUID subject, JobRun run) throws Exception;
  }
}
