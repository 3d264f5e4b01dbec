// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.kill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WriteJournalTest {
    private final WriteJournal journal = new WriteJournal();

    @Test
    void anAcknowledgedValueMustBeThere() {
        journal.attempt("k", "a");
        journal.acknowledge("k", "a");
        assertTrue(journal.allows("k", "a"));
        assertFalse(journal.allows("k", ""));
        assertFalse(journal.allows("k", "b"));
    }

    @Test
    void aValueThatWasCutOffMayBeThereOrNot() {
        journal.attempt("k", "a");
        assertTrue(journal.allows("k", "a"));
        assertTrue(journal.allows("k", ""));
    }

    @Test
    void anOverwriteThatWasCutOffLeavesTheOldOrTheNewValue() {
        journal.attempt("k", "a");
        journal.acknowledge("k", "a");
        journal.attempt("k", "b");
        assertTrue(journal.allows("k", "a"));
        assertTrue(journal.allows("k", "b"));
        assertFalse(journal.allows("k", ""));
    }

    @Test
    void aValueFromBeforeTheLastAcknowledgedOneIsWrong() {
        journal.attempt("k", "a");
        journal.acknowledge("k", "a");
        journal.attempt("k", "b");
        journal.acknowledge("k", "b");
        assertFalse(journal.allows("k", "a"));
    }

    @Test
    void whatWasFoundAfterACrashMayNotChangeByItself() {
        journal.attempt("k", "a");
        journal.settle("k", "");
        assertFalse(journal.allows("k", "a"));
        assertTrue(journal.allows("k", ""));
    }
}
