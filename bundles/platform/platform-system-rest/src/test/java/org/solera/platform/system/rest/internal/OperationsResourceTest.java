// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.Operation.State;
import org.solera.platform.api.operations.OperationHandle;
import org.solera.platform.api.operations.Operations;
import org.solera.platform.api.rest.Page;
import org.solera.platform.system.rest.internal.OperationsResource.OperationDto;

class OperationsResourceTest {
    private final ServiceGate<Operations> gate = new ServiceGate<>("The list of operations");
    private final OperationsResource resource = new OperationsResource(gate);

    /** Five operations, the fifth is the newest. */
    private static final class Five implements Operations {
        private static Operation operation(int number) {
            State state = number == 5 ? State.RUNNING : number == 4 ? State.WAITING : State.SUCCEEDED;
            Instant time = Instant.EPOCH.plusSeconds(number / 2); // two of the same second
            return new Operation(
                    "op" + number,
                    number % 2 == 0 ? "system.backup" : "upgrades.swap",
                    "",
                    "",
                    "ann",
                    state,
                    "",
                    0,
                    0,
                    "",
                    false,
                    "",
                    "",
                    "",
                    time,
                    time,
                    state.ended() ? time : null);
        }

        @Override
        public OperationHandle start(Start start, Runnable cancel) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Operation> operations() {
            List<Operation> all = new ArrayList<>();
            for (int number = 5; number >= 1; number--) {
                all.add(operation(number));
            }
            return all;
        }

        @Override
        public Optional<Operation> operation(String id) {
            return operations().stream().filter(each -> each.id().equals(id)).findFirst();
        }

        @Override
        public Operation cancel(String id) throws SoleraException {
            throw new SoleraException(PlatformError.CONFLICT, "It is over.", "", null);
        }
    }

    @BeforeEach
    void bind() {
        gate.bind(new Five(), Map.of());
    }

    private static List<String> ids(Page<OperationDto> page) {
        return page.items().stream().map(OperationDto::id).toList();
    }

    private static Object code(Executable call) {
        return assertThrows(SoleraException.class, call).code();
    }

    @Test
    void pagesFromTheNewestToTheOldestWithoutGapOrRepetition() throws SoleraException {
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<OperationDto> page = resource.list(null, null, "2", cursor);
            seen.addAll(ids(page));
            cursor = page.next();
        } while (cursor != null);
        assertEquals(List.of("op4", "op5", "op2", "op3", "op1"), seen);
    }

    @Test
    void filtersByStateAndKind() throws SoleraException {
        assertEquals(List.of("op5"), ids(resource.list("running", null, null, null)));
        assertEquals(List.of("op2", "op3", "op1"), ids(resource.list("ended", null, null, null)));
        assertEquals(List.of("op4", "op2"), ids(resource.list(null, "system.", null, null)));
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> resource.list("gone", null, null, null)));
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> resource.list(null, null, "0", null)));
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> resource.list(null, null, "x", null)));
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> resource.list(null, null, null, "!")));
    }

    @Test
    void showsOneAndPassesRefusalsOn() throws SoleraException {
        OperationDto running = resource.get("op5");
        assertEquals("running", running.state());
        assertNull(running.endedAt());
        assertEquals(PlatformError.NOT_FOUND, code(() -> resource.get("op6")));
        assertEquals(PlatformError.CONFLICT, code(() -> resource.cancel("op1")));
    }

    @Test
    void answersThatItIsBeingReplacedWhileTheServiceIsAway() {
        OperationsResource alone = new OperationsResource(new ServiceGate<>("The list of operations"));
        assertEquals(PlatformError.DRAINING, code(() -> alone.get("op1")));
    }
}
