// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.Lease;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

final class ResolverAnswersTest {
    private static final FeatureId FEATURE = FeatureId.of("solera-extra/1.0.0");

    private final ChangeLock lock = new ChangeLock();
    private final ResolverAnswers answers = new ResolverAnswers(lock);
    private final AtomicInteger asked = new AtomicInteger();

    private Optional<String> ask() throws SoleraException {
        return answers.of(FEATURE, () -> Optional.of("answer " + asked.incrementAndGet()));
    }

    @Test
    void theResolverIsAskedOnceUntilSomethingChanges() throws SoleraException {
        assertEquals(Optional.of("answer 1"), ask());
        assertEquals(Optional.of("answer 1"), ask());
        lock.take(Duration.ZERO).close();
        assertEquals(Optional.of("answer 2"), ask());
    }

    @Test
    void aChangeThatRunsIsNotWaitedForWhenThereIsAnAnswer() throws SoleraException {
        ask();
        Lease first = lock.take(Duration.ZERO);
        first.close();
        try (Lease change = lock.take(Duration.ZERO)) {
            assertEquals(Optional.of("answer 1"), ask());
            assertEquals(1, asked.get(), change.toString());
        }
    }

    @Test
    void aFeatureNobodyAskedForIsRefusedWhileAChangeRuns() throws SoleraException {
        try (Lease change = lock.take(Duration.ZERO)) {
            UpgradeException busy = assertThrows(UpgradeException.class, this::ask);
            assertEquals(UpgradeError.BUSY, busy.code(), change.toString());
        }
        assertEquals(Optional.of("answer 1"), ask());
    }
}
