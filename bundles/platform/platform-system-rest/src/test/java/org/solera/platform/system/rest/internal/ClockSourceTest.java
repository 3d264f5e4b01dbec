// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClockSourceTest {
    private final Map<String, String> programs = new HashMap<>();
    private int asked;
    private long now;
    private final ClockSource source = new ClockSource(
            command -> {
                asked++;
                return Optional.ofNullable(programs.get(command.get(0)));
            },
            () -> now);

    @Test
    void saysThatItDoesNotKnow() {
        assertNull(source.state().inSync());
        assertEquals("not known", source.state().source());
    }

    @Test
    void readsTimedatectl() {
        programs.put("timedatectl", "Timezone=UTC\nNTP=yes\nNTPSynchronized=yes\n");
        assertEquals(true, source.state().inSync());
        programs.put("timedatectl", "NTP=no\nNTPSynchronized=no\n");
        now += TimeUnit.SECONDS.toNanos(31);
        assertEquals(new ClockSource.State(false, "systemd", "No time server is asked."), source.state());
    }

    @Test
    void readsChronyWhereThereIsNoTimedatectl() {
        programs.put("chronyc", "C0A80001,192.168.0.1,3,1.0,0,0,0,0,0,0,0,0,64.0,Normal\n");
        assertEquals(true, source.state().inSync());
        assertTrue(source.state().detail().contains("192.168.0.1, stratum 3"));
    }

    @Test
    void asksAtMostEveryHalfMinute() {
        for (int i = 0; i < 10; i++) {
            source.state();
        }
        assertEquals(2, asked, () -> List.of("timedatectl", "chronyc") + " once each");
    }
}
