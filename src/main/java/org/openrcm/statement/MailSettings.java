package org.openrcm.statement;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How e-mail goes out. Which server takes it is said with Spring's own settings: {@code
 * spring.mail.host}, {@code .port}, {@code .username}, {@code .password}, and {@code
 * spring.mail.properties.mail.smtp.starttls.required} for one that is not on this machine. Without
 * a host no e-mail is sent, and all bills go by mail.
 *
 * @param from the address that e-mail comes from, such as {@code bills@example.org}; what does not
 *     arrive comes back there. Needed where there is a host
 * @param attempts after how many tries a bill is printed instead; each waits four times as long as
 *     the one before ({@code openrcm.jobs.back-off}), so nine are a day and some hours
 * @param pause how long no e-mail is tried once the server could not be reached: jobs of other
 *     kinds do not wait behind those that cannot be done
 */
@ConfigurationProperties("openrcm.mail")
record MailSettings(
    @DefaultValue("") String from,
    @DefaultValue("9") int attempts,
    @DefaultValue("30s") Duration pause) {}
