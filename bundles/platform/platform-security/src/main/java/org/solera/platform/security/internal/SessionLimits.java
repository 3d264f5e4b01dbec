// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long a session lives. Immutable. */
@Component(service = SessionLimits.class, configurationPid = SessionLimits.PID)
@Designate(ocd = SessionLimits.Config.class)
public final class SessionLimits {
    /** PID of its configuration. */
    static final String PID = "solera.platform.sessions";

    static final int IDLE_MINUTES = 30;
    static final int LONGEST_HOURS = 12;

    /** The limits where nothing is set. */
    static final SessionLimits OTHERWISE =
            new SessionLimits(Duration.ofMinutes(IDLE_MINUTES), Duration.ofHours(LONGEST_HOURS));

    /** Configuration of the limits. */
    @ObjectClassDefinition(name = "Sessions", description = "How long a browser stays signed in.")
    public @interface Config {
        @AttributeDefinition(
                name = "Idle limit",
                description = "Without a request, in minutes.",
                min = "1",
                max = "1440")
        int idleLimitMinutes() default IDLE_MINUTES;

        @AttributeDefinition(name = "Longest session", description = "In hours.", min = "1", max = "720")
        int longestHours() default LONGEST_HOURS;
    }

    private final Duration idle;
    private final Duration longest;

    @Activate
    public SessionLimits(Config config) {
        this(
                Duration.ofMinutes(Math.max(1, Math.min(config.idleLimitMinutes(), 1440))),
                Duration.ofHours(Math.max(1, Math.min(config.longestHours(), 720))));
    }

    SessionLimits(Duration idle, Duration longest) {
        this.idle = idle;
        this.longest = longest;
    }

    Duration idle() {
        return idle;
    }

    Duration longest() {
        return longest;
    }
}
