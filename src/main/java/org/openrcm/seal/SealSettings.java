package org.openrcm.seal;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the audit record is sealed.
 *
 * @param folder of keys and checkpoints: on another disk, or copied to one, than the database
 * @param every how long entries wait at most
 * @param keyAge how long a key signs
 */
@ConfigurationProperties("openrcm.audit")
record SealSettings(
    Path folder, @DefaultValue("1s") Duration every, @DefaultValue("365d") Duration keyAge) {}
