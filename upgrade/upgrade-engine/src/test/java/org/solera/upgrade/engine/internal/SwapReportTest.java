// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.OperationHandle;
import org.solera.platform.api.operations.Operations;
import org.solera.upgrade.api.SwapPhase;
import org.solera.upgrade.api.SwapRecord;

class SwapReportTest {
    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void boot() throws Exception {
        bench = new Bench(folder);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private SwapRecord swap(String version) throws Exception {
        return bench.swaps.execute(bench.swaps.plan(bench.bundle(version)).hash());
    }

    /** A list of operations that writes down what it is told, or fails at everything. */
    private static final class Listed implements Operations, OperationHandle {
        private final List<String> told = new ArrayList<>();
        private boolean broken;

        private void tell(String what) {
            if (broken) {
                throw new IllegalStateException("The list is broken.");
            }
            told.add(what);
        }

        @Override
        public OperationHandle start(Start start, Runnable cancel) {
            told.add(start.kind() + " " + start.title());
            return this;
        }

        @Override
        public List<Operation> operations() {
            return List.of();
        }

        @Override
        public Optional<Operation> operation(String id) {
            return Optional.empty();
        }

        @Override
        public Operation cancel(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String id() {
            return "1";
        }

        @Override
        public void progress(long done, long total, String message) {
            tell(done + "/" + total);
        }

        @Override
        public void waiting(String cause) {
            tell("waits: " + cause);
        }

        @Override
        public boolean cancelRequested() {
            return false;
        }

        @Override
        public void succeeded(String message, String result) {
            tell("succeeded " + result);
        }

        @Override
        public void failed(SoleraException failure) {
            tell("failed: " + failure.getMessage());
        }

        @Override
        public void cancelled() {
            tell("cancelled");
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }

    @Test
    void tellsTheListOfOperationsHowItStands() throws Exception {
        Listed listed = new Listed();
        bench.swaps.bindOperations(listed, Map.of());
        swap("1.0.1");
        assertEquals("upgrades.swap Replace org.solera.store", listed.told.get(0));
        int committed = listed.told.indexOf("6/9");
        assertTrue(listed.told.get(committed + 1).startsWith("waits: The old version"), listed.told.toString());
        assertTrue(listed.told.contains("9/9"), listed.told.toString());
        assertEquals(
                List.of("succeeded /api/v1/upgrades/swaps/1", "closed"),
                listed.told.subList(listed.told.size() - 2, listed.told.size()));
    }

    @Test
    void needsNoListOfOperations() throws Exception {
        Listed listed = new Listed();
        listed.broken = true;
        bench.swaps.bindOperations(listed, Map.of());
        assertEquals(SwapPhase.DONE, swap("1.0.1").phase());
        bench.swaps.unbindOperations(listed);
        assertEquals(SwapPhase.DONE, swap("1.0.2").phase());
    }
}
