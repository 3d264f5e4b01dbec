// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.Severity;

class RuleBookTest {
    private final AtomicReference<@Nullable Dictionary<String, Object>> kept = new AtomicReference<>();
    private boolean full;

    private ConfigurationAdmin admin() {
        Configuration configuration = (Configuration) Proxy.newProxyInstance(
                RuleBookTest.class.getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getProperties")) {
                        return kept.get();
                    }
                    if (full) {
                        throw new IOException("No space left on device");
                    }
                    @SuppressWarnings("unchecked")
                    Dictionary<String, Object> properties = (Dictionary<String, Object>) arguments[0];
                    kept.set(properties);
                    return null;
                });
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                RuleBookTest.class.getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> configuration);
    }

    private static AlertRule rule(List<RuleSpec> specs, String id) {
        return specs.stream()
                .map(RuleSpec::rule)
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsChangesOverARestart() throws SoleraException {
        RuleBook book = new RuleBook(admin(), List.of());
        book.change("capacity-low", 20, 30, Severity.CRITICAL, true);
        book.change("heat", 70.5, 0, Severity.INFO, false);
        AlertRule now = rule(book.change("capacity-low", 25, 60, Severity.INFO, true), "capacity-low");
        assertEquals(25, now.threshold());
        Dictionary<String, Object> properties = kept.get();
        assertNotNull(properties);
        String[] changes = (String[]) properties.get("changes");
        assertArrayEquals(new String[] {"heat 70.5 0 INFO false", "capacity-low 25.0 60 INFO true"}, changes);
        RuleBook next = new RuleBook(admin(), List.of(changes));
        assertEquals(Duration.ofSeconds(60), rule(next.specs(), "capacity-low").lasting());
        assertFalse(rule(next.specs(), "heat").enabled());
        assertEquals(DefaultRules.all().size(), next.specs().size());
    }

    @Test
    void leavesOutChangesThatItDoesNotUnderstand() {
        List<String> odd = List.of(
                "",
                "heat",
                "nobody 1 2 INFO true",
                "heat x 1 INFO true",
                "heat 1 1 LOUD true",
                "heat NaN 1 INFO true",
                "heat 50 999999999 CRITICAL true");
        List<RuleSpec> specs = new RuleBook(admin(), odd).specs();
        assertEquals(50, rule(specs, "heat").threshold());
        assertEquals(Duration.ofDays(30), rule(specs, "heat").lasting());
    }

    @Test
    void refusesWhatIsNoRuleOrNoNumber() {
        RuleBook book = new RuleBook(admin(), List.of());
        SoleraException unknown =
                assertThrows(SoleraException.class, () -> book.change("x", 1, 1, Severity.INFO, true));
        assertEquals(PlatformError.NOT_FOUND, unknown.code());
        assertThrows(SoleraException.class, () -> book.change("heat", Double.NaN, 1, Severity.INFO, true));
        assertThrows(SoleraException.class, () -> book.change("heat", 1, -1, Severity.INFO, true));
        full = true;
        SoleraException failed =
                assertThrows(SoleraException.class, () -> book.change("heat", 1, 1, Severity.INFO, true));
        assertEquals(PlatformError.INTERNAL, failed.code());
    }
}
