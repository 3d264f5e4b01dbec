// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ServiceGateTest {
    private final ServiceGate<String> gate = new ServiceGate<>("The service");
    private final List<String> asked = new ArrayList<>();

    private String refuseOld(String service) throws DrainingException {
        asked.add(service);
        if (service.equals("old")) {
            gate.bind("new", Map.of("service.ranking", 1));
            throw new DrainingException("The service");
        }
        return "answer of " + service;
    }

    @Test
    void aStepThatMeetsAVersionWhichGoesRunsAgainOnTheNext() throws Exception {
        gate.bind("old", Map.of());
        assertEquals("answer of new", gate.call(this::refuseOld));
        assertEquals(List.of("old", "new"), asked);
    }

    @Test
    void afterThreeRefusalsTheStepIsGivenUp() {
        gate.bind("only", Map.of());
        assertThrows(
                DrainingException.class,
                () -> gate.call(service -> {
                    asked.add(service);
                    throw new DrainingException("The service");
                }));
        assertEquals(List.of("only", "only", "only"), asked);
    }

    @Test
    void anyOtherFailureEndsTheStep() {
        gate.bind("only", Map.of());
        assertThrows(
                IOException.class,
                () -> gate.call(service -> {
                    asked.add(service);
                    throw new IOException("broken");
                }));
        assertEquals(List.of("only"), asked);
        assertTrue(gate.unbind("only"));
    }

    @Test
    void aStepHoldsItsVersionUntilItEnds() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            gate.bind("only", Map.of());
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Future<Boolean> step = threads.submit(() -> gate.call(service -> {
                inside.countDown();
                return end.await(30, TimeUnit.SECONDS);
            }));
            inside.await();
            Future<Boolean> leaving = threads.submit(() -> gate.unbind("only"));
            end.countDown();
            assertTrue(step.get());
            assertTrue(leaving.get());
        } finally {
            threads.shutdownNow();
        }
    }
}
