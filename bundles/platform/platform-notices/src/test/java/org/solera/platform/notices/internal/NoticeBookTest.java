// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.notices.internal.Evaluation.Key;
import org.solera.platform.notices.internal.Scene.Reading;

class NoticeBookTest {
    private static final Map<String, AlertRule> RULES =
            DefaultRules.all().stream().map(RuleSpec::rule).collect(Collectors.toMap(AlertRule::id, rule -> rule));
    private static final Instant NOW = Testing.START;

    private final NoticeBook book = new NoticeBook();

    private static Map<Key, Reading> drives(int... drives) {
        Map<Key, Reading> told = new HashMap<>();
        for (int drive : drives) {
            told.put(new Key("drive-down", "drive=\"d" + drive + "\""), new Reading(1, Map.of("drive", "d" + drive)));
        }
        return told;
    }

    private Notice only() {
        assertEquals(1, book.open().size());
        return book.open().get(0);
    }

    @Test
    void beginsAndEndsNoticesAndListsThoseThatHoldFirst() {
        assertEquals(2, book.update(drives(1, 2), RULES, NOW).began().size());
        NoticeBook.Changes changes = book.update(drives(2, 3), RULES, NOW.plusSeconds(60));
        assertEquals("Drive d3 is down.", changes.began().get(0).title());
        assertEquals("Drive d1 is down.", changes.ended().get(0).title());
        assertEquals(NOW.plusSeconds(60), changes.ended().get(0).endedAt());
        assertEquals(
                List.of("Drive d3 is down.", "Drive d2 is down.", "Drive d1 is down."),
                book.all().stream().map(Notice::title).toList());
    }

    @Test
    void keepsABoundedNumberOfEndedNoticesAndTellsTheStoreWhichGo() {
        for (int i = 0; i < 2_300; i++) {
            book.update(drives(i), RULES, NOW.plusSeconds(i));
        }
        assertEquals(NoticeBook.ENDED_MOST + 1, book.all().size());
        NoticeBook.Unsaved unsaved = book.take();
        assertEquals(299, unsaved.removed().size());
        assertEquals(2_001, unsaved.put().size());
        assertTrue(book.saved());
        book.giveBack(unsaved);
        assertEquals(unsaved, book.take(), "what could not be saved waits again");
    }

    @Test
    void doesNotSaveValuesThatMerelyMove() {
        Key key = new Key("heat", "s");
        book.update(Map.of(key, new Reading(90, Map.of())), RULES, NOW);
        assertEquals(1, book.take().put().size());
        NoticeBook.Changes changes = book.update(Map.of(key, new Reading(91, Map.of())), RULES, NOW);
        assertEquals(1, changes.changed().size());
        assertTrue(book.saved());
        assertEquals(91, only().value());
    }

    @Test
    void remembersWhoTookItUpFirst() throws SoleraException {
        book.update(drives(1), RULES, NOW);
        book.acknowledge(only().id(), "eve", NOW);
        book.acknowledge(only().id(), "bob", NOW.plusSeconds(5));
        assertEquals("eve", only().acknowledgedBy());
        book.update(drives(1), RULES, NOW.plusSeconds(10));
        assertEquals(NOW, only().acknowledgedAt());
        SoleraException unknown = assertThrows(SoleraException.class, () -> book.acknowledge("x", "eve", NOW));
        assertEquals(PlatformError.NOT_FOUND, unknown.code());
    }

    @Test
    void keepsASubjectSilentWhenItComesBack() throws SoleraException {
        book.update(drives(1), RULES, NOW);
        String id = only().id();
        assertThrows(SoleraException.class, () -> book.silence(id, NOW.plus(Duration.ofDays(31)), NOW));
        book.silence(id, NOW.plusSeconds(600), NOW);
        book.update(drives(), RULES, NOW.plusSeconds(60));
        book.update(drives(1), RULES, NOW.plusSeconds(120));
        assertNotEquals(id, only().id());
        assertEquals(NOW.plusSeconds(600), only().silencedUntil());
        assertEquals(List.of(), book.unsilenced(NOW.plusSeconds(599)));
        assertEquals(1, book.unsilenced(NOW.plusSeconds(600)).size());
        assertNull(only().silencedUntil());
        book.silence(only().id(), NOW.plusSeconds(900), NOW);
        book.silence(only().id(), NOW.minusSeconds(1), NOW);
        assertNull(only().silencedUntil(), "a time that is past lifts the silence");
    }

    @Test
    void goesOnWithWhatTheStoreKept() throws SoleraException {
        NoticeBook before = new NoticeBook();
        before.update(drives(1, 2), RULES, NOW);
        String first = before.open().stream()
                .filter(notice -> notice.subject().contains("d1"))
                .findFirst()
                .orElseThrow()
                .id();
        before.acknowledge(first, "eve", NOW);
        before.update(drives(1), RULES, NOW.plusSeconds(30));
        List<Notice> kept = before.all();

        book.update(drives(1), RULES, NOW.plusSeconds(100));
        String anew = only().id();
        List<Notice> taken = book.adopt(kept, NOW.plusSeconds(110));
        assertEquals(List.of(first), taken.stream().map(Notice::id).toList());
        assertEquals("eve", only().acknowledgedBy());
        assertEquals(NOW, only().since());
        assertEquals(2, book.all().size());
        assertEquals(List.of(anew), book.take().removed());
    }

    @Test
    void notesWhatCameOfEachDelivery() {
        book.update(drives(1), RULES, NOW);
        String id = only().id();
        book.delivered(id, "webhook", "waiting, refused;\n  really");
        Notice after = book.delivered(id, "mail", "sent 2026-11-22T08:00:00Z");
        assertNotNull(after);
        assertEquals("mail: sent 2026-11-22T08:00:00Z; webhook: waiting, refused, really", after.delivery());
        assertTrue(Outcomes.sent(after.delivery(), "mail"));
        book.delivered(id, "webhook", "sent later");
        assertEquals("mail: sent 2026-11-22T08:00:00Z; webhook: sent later", only().delivery());
        assertNull(book.delivered("gone", "mail", "sent"));
    }
}
