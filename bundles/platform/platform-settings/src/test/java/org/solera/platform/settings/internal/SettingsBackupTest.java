// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.SoleraException;

class SettingsBackupTest {
    private final MemoryConfigurations first = new MemoryConfigurations();
    private final MemoryConfigurations second = new MemoryConfigurations();

    private static SettingsBackup part(MemoryConfigurations configurations) {
        return new SettingsBackup(configurations.admin(), new ConfigurationFiles(configurations.admin(), null));
    }

    private byte[] written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part(first).write(out);
        return out.toByteArray();
    }

    private static void put(MemoryConfigurations into, String pid, Map<String, Object> properties) {
        into.all.put(pid, new Hashtable<>(properties));
    }

    @Test
    void bringsTheSettingsOfOneBoxToAnother() throws IOException, SoleraException {
        put(first, "solera.a", Map.of("n", 5L, "i", 3, "b", true, "d", 1.5, "s", "x", "l", new String[] {"p", "q"}));
        put(first, "solera.same", Map.of("s", "x"));
        put(first, "org.other", Map.of("s", "x"));
        put(first, "solera.file", Map.of("felix.fileinstall.filename", "etc/solera.file.cfg", "s", "first"));
        put(second, "solera.same", Map.of("s", "x"));
        put(second, "solera.gone", Map.of("s", "y"));
        put(second, "solera.file", Map.of("felix.fileinstall.filename", "etc/solera.file.cfg", "s", "second"));
        byte[] bytes = written();
        part(second).check(new ByteArrayInputStream(bytes));
        part(second).restore(new ByteArrayInputStream(bytes));
        part(second).restore(new ByteArrayInputStream(bytes)); // repeated after a cut
        assertEquals(List.of("solera.a"), second.updates);
        assertEquals(Set.of("solera.a", "solera.same", "solera.file"), second.all.keySet());
        Map<String, Object> there = second.all.get("solera.a");
        assertEquals(5L, there.get("n"));
        assertEquals(3, there.get("i"));
        assertEquals(true, there.get("b"));
        assertEquals(1.5, there.get("d"));
        assertArrayEquals(new String[] {"p", "q"}, (Object[]) there.get("l"));
        assertEquals("second", second.all.get("solera.file").get("s"));
    }

    @Test
    void refusesWhatIsCutChangedOrForeign() throws IOException {
        put(first, "solera.a", Map.of("s", "text"));
        byte[] whole = written();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(SoleraException.class, () -> part(second).check(new ByteArrayInputStream(cut)));
        }
        byte[] newer = whole.clone();
        newer[8] = 2;
        assertThrows(SoleraException.class, () -> part(second).check(new ByteArrayInputStream(newer)));

        ByteArrayOutputStream foreign = new ByteArrayOutputStream();
        SettingsFormat.write(new TreeMap<>(Map.of("org.apache.karaf", new TreeMap<>())), foreign);
        assertThrows(SoleraException.class, () -> part(second).check(new ByteArrayInputStream(foreign.toByteArray())));
        assertEquals(Map.of(), second.all);
    }
}
