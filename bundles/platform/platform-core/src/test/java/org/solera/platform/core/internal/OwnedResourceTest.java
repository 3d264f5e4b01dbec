// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.ExclusiveOwner;

class OwnedResourceTest {
    private final ExecutorService executor = new BoundedExecutors().open("test", "owner-calls", 8, 8);
    private final List<Long> epochs = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private OwnedResource resource;

    /** An owner that does what the test says and knows its epochs. */
    private final class Probe implements ExclusiveOwner {
        private volatile boolean refuses;
        private volatile CountDownLatch openGate = new CountDownLatch(0);
        private volatile CountDownLatch closeGate = new CountDownLatch(0);
        private volatile boolean working;
        private volatile boolean closing;
        private volatile boolean heldAtClose;
        private volatile OwnerEpoch epoch;

        @Override
        public void open(OwnerEpoch given) throws SoleraException {
            epochs.add(given.number());
            epoch = given;
            await(openGate);
            if (refuses) {
                throw new SoleraException(PlatformError.INTERNAL, "The drive is broken.", "Replace it.", null);
            }
            working = true;
        }

        @Override
        public void close() {
            closing = true;
            heldAtClose = epoch.held();
            await(closeGate);
            working = false;
        }

        private void await(CountDownLatch gate) {
            try {
                assertTrue(gate.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void open() throws IOException {
        resource = resource(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        executor.shutdownNow();
    }

    private OwnedResource resource(Duration limit) throws IOException {
        return new OwnedResource("storage.engine", new EpochFile(folder), new OwnerCalls(executor, limit), () -> {});
    }

    private static OwnedResource.Candidate candidate(long bundleId, Probe probe) {
        return new OwnedResource.Candidate(new ServiceRank(0, bundleId, bundleId), bundleId, probe);
    }

    @Test
    void theFirstOpensAndTheSecondStandsBy() {
        Probe old = new Probe();
        Probe next = new Probe();
        resource.add(candidate(1, old));
        resource.add(candidate(2, next));
        assertTrue(resource.settle());
        assertEquals(Optional.of(1L), resource.owner());
        assertTrue(old.working);
        assertFalse(next.working);
    }

    @Test
    void handOverClosesUnderAHeldEpochAndOpensUnderAGreaterOne() throws SoleraException {
        Probe old = new Probe();
        Probe next = new Probe();
        resource.add(candidate(1, old));
        resource.add(candidate(2, next));
        resource.settle();
        resource.handOver(1, 2);
        assertEquals(Optional.of(2L), resource.owner());
        assertTrue(old.heldAtClose);
        assertFalse(old.epoch.held());
        assertTrue(next.working && next.epoch.held());
        assertTrue(next.epoch.number() > old.epoch.number());
    }

    @Test
    void handOverToOneThatDoesNotOpenGoesBackUnderANewerEpoch() {
        Probe old = new Probe();
        Probe next = new Probe();
        next.refuses = true;
        resource.add(candidate(1, old));
        resource.add(candidate(2, next));
        resource.settle();
        SoleraException refusal = assertThrows(SoleraException.class, () -> resource.handOver(1, 2));
        assertEquals("The drive is broken.", refusal.getMessage());
        assertEquals(Optional.of(1L), resource.owner());
        assertTrue(old.working && old.epoch.held());
        assertFalse(next.epoch.held());
        assertEquals(List.of(1L, 2L, 3L), epochs);
    }

    @Test
    void aRefusedOpenLeavesNoOwnerAndNamesTheCauseUntilItSucceeds() {
        Probe only = new Probe();
        only.refuses = true;
        resource.add(candidate(1, only));
        assertFalse(resource.settle());
        assertEquals(Optional.empty(), resource.owner());
        assertEquals(Optional.of("The drive is broken. Replace it."), resource.failure());
        only.refuses = false;
        assertTrue(resource.settle());
        assertEquals(Optional.empty(), resource.failure());
        assertEquals(Optional.of(1L), resource.owner());
    }

    @Test
    void anOwnerThatLeavesClosesAndTheBestStandbyTakesOver() {
        Probe old = new Probe();
        OwnedResource.Candidate first = candidate(1, old);
        Probe second = new Probe();
        Probe third = new Probe();
        resource.add(first);
        resource.add(candidate(2, second));
        resource.add(candidate(3, third));
        resource.settle();
        resource.remove(first);
        assertFalse(old.working);
        assertFalse(old.epoch.held());
        resource.settle();
        assertEquals(Optional.of(3L), resource.owner());
        assertFalse(second.working);
    }

    @Test
    void anOpenThatHangsIsGivenUpFencedAndClosedWhenItReturns() throws IOException {
        resource = resource(Duration.ofMillis(200));
        Probe hanging = new Probe();
        hanging.openGate = new CountDownLatch(1);
        resource.add(candidate(1, hanging));
        assertFalse(resource.settle());
        assertFalse(hanging.epoch.held());
        assertTrue(resource.failure().orElseThrow().contains("did not open"));
        hanging.openGate.countDown();
        await().untilAsserted(() -> assertTrue(hanging.closing));
    }

    @Test
    void aStandbyThatLeavesWhileItOpensIsClosedAndTheOldOneOpensAgain() throws InterruptedException {
        Probe old = new Probe();
        Probe next = new Probe();
        next.openGate = new CountDownLatch(1);
        OwnedResource.Candidate standby = candidate(2, next);
        resource.add(candidate(1, old));
        resource.add(standby);
        resource.settle();
        Future<SoleraException> refusal =
                executor.submit(() -> assertThrows(SoleraException.class, () -> resource.handOver(1, 2)));
        await().untilAsserted(() -> assertEquals(2, epochs.size()));
        Future<?> leaving = executor.submit(() -> resource.remove(standby));
        await().until(() -> !resource.hasCandidateOf(2));
        next.openGate.countDown();
        await().until(() -> refusal.isDone() && leaving.isDone());
        assertFalse(next.working);
        assertFalse(next.epoch.held());
        assertEquals(Optional.of(1L), resource.owner());
        assertTrue(old.working && old.epoch.held());
    }

    @Test
    void anOwnerThatLeavesWhileItClosesForAHandOverIsClosedOnce() {
        Probe old = new Probe();
        old.closeGate = new CountDownLatch(1);
        Probe next = new Probe();
        OwnedResource.Candidate leavingOne = candidate(1, old);
        resource.add(leavingOne);
        resource.add(candidate(2, next));
        resource.settle();
        Future<?> moved = executor.submit(() -> {
            resource.handOver(1, 2);
            return null;
        });
        await().until(() -> old.closing);
        Future<?> left = executor.submit(() -> resource.remove(leavingOne));
        old.closeGate.countDown();
        await().until(() -> moved.isDone() && left.isDone());
        assertEquals(Optional.of(2L), resource.owner());
        assertTrue(next.working && next.epoch.held());
        assertFalse(old.working);
    }

    @Test
    void epochsGrowAcrossRestartsEvenWhenAnOpenFailed() throws IOException {
        Probe refusing = new Probe();
        refusing.refuses = true;
        resource.add(candidate(1, refusing));
        resource.settle();
        resource.settle();
        OwnedResource afterRestart = resource(Duration.ofSeconds(5));
        Probe works = new Probe();
        afterRestart.add(candidate(1, works));
        afterRestart.settle();
        assertEquals(List.of(1L, 2L, 3L), epochs);
    }

    @Test
    void handOverFromSomebodyElseIsRefused() {
        resource.add(candidate(1, new Probe()));
        resource.settle();
        assertEquals(
                PlatformError.CONFLICT,
                assertThrows(SoleraException.class, () -> resource.handOver(7, 1))
                        .code());
        assertEquals(
                PlatformError.NOT_FOUND,
                assertThrows(SoleraException.class, () -> resource.handOver(1, 9))
                        .code());
    }
}
