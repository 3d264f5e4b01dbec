// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.NoticeStore;
import org.solera.platform.api.notices.Severity;
import org.solera.platform.notices.internal.Evaluation.Key;
import org.solera.platform.notices.internal.Scene.Reading;

class StoreKeeperTest {
    private static final Map<String, AlertRule> RULES =
            DefaultRules.all().stream().map(RuleSpec::rule).collect(Collectors.toMap(AlertRule::id, rule -> rule));

    private final ServiceGate<NoticeStore> gate = new ServiceGate<>("The store");
    private final NoticeBook book = new NoticeBook();
    private final StoreKeeper keeper = new StoreKeeper(gate, book);
    private final List<Notice> loaded = new ArrayList<>();

    /** Keeps notices in memory, or fails. */
    private static final class Store implements NoticeStore {
        final Map<String, Notice> rows = new LinkedHashMap<>();
        boolean failing;
        int saves;

        @Override
        public List<Notice> load() throws SoleraException {
            fail();
            return List.copyOf(rows.values());
        }

        @Override
        public void save(List<Notice> put, List<String> removedIds) throws SoleraException {
            fail();
            saves++;
            put.forEach(notice -> rows.put(notice.id(), notice));
            removedIds.forEach(rows::remove);
        }

        private void fail() throws SoleraException {
            if (failing) {
                throw new SoleraException(PlatformError.BUSY, "The database is away.", "", null);
            }
        }
    }

    private void began(String... subjects) {
        Map<Key, Reading> told = new LinkedHashMap<>();
        for (String subject : subjects) {
            told.put(new Key("heat", subject), new Reading(90, Map.of()));
        }
        book.update(told, RULES, Testing.START);
    }

    @Test
    void waitsForNoStore() {
        began("a");
        keeper.turn(loaded::addAll);
        assertFalse(keeper.loaded());
        assertEquals("", keeper.trouble());
        assertFalse(book.saved());
    }

    @Test
    void loadsOnceAndSavesWhatChanged() {
        Store store = new Store();
        store.rows.put("old", Testing.notice("old", Severity.INFO));
        gate.bind(store, Map.of());
        began("a");
        keeper.turn(loaded::addAll);
        keeper.turn(loaded::addAll);
        assertEquals(List.of("old"), loaded.stream().map(Notice::id).toList());
        assertEquals(2, store.rows.size());
        assertEquals(1, store.saves, "nothing changed the second time");
    }

    @Test
    void keepsWhatCouldNotBeSavedAndSaysSo() {
        Store store = new Store();
        gate.bind(store, Map.of());
        keeper.turn(loaded::addAll);
        assertTrue(keeper.loaded());
        store.failing = true;
        began("a", "b");
        keeper.turn(loaded::addAll);
        assertTrue(keeper.trouble().contains("The database is away."));
        began("a");
        store.failing = false;
        keeper.turn(loaded::addAll);
        assertEquals("", keeper.trouble());
        assertEquals(2, store.rows.size());
        assertEquals(
                1,
                store.rows.values().stream()
                        .filter(notice -> notice.endedAt() != null)
                        .count(),
                "the newest state of each");
    }
}
