package org.openrcm.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What may come in.
 *
 * @param maxSize the largest file, as received
 * @param maxX12Size the most X12 that a compressed file may hold
 * @param atOnce how many files may be coming in at a time, since each holds a database connection
 */
@ConfigurationProperties("openrcm.intake")
record IntakeSettings(
    @DefaultValue("1GB") DataSize maxSize,
    @DefaultValue("20GB") DataSize maxX12Size,
    @DefaultValue("4") int atOnce) {}
