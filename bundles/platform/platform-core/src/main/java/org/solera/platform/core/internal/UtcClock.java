// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.osgi.service.component.annotations.Component;

/** The time of this machine in UTC, as a service, so that tests can put another clock in its place. */
@Component(service = Clock.class, property = "solera.clock=utc")
public final class UtcClock extends Clock {
    private final Clock system = Clock.systemUTC();

    @Override
    public ZoneId getZone() {
        return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return system.withZone(zone);
    }

    @Override
    public Instant instant() {
        return system.instant();
    }
}
