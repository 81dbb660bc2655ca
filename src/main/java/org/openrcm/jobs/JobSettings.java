package org.openrcm.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are worked on.
 *
 * @param workers how many at once on this node; 0: none here
 * @param lease how long a node that went silent keeps its jobs
 * @param poll how often to look for work that nobody on this node announced
 * @param backOff until the second try; each further try waits four times as long
 * @param attempts after how many tries a job is given up, where its kind does not say
 */
@ConfigurationProperties("openrcm.jobs")
record JobSettings(
    @DefaultValue("2") int workers,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("2s") Duration poll,
    @DefaultValue("5s") Duration backOff,
    @DefaultValue("5") int attempts) {}
