// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.rest.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.RuntimeDelegate;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.SwapPhase;
import org.solera.upgrade.api.SwapPlan;
import org.solera.upgrade.api.SwapRecord;
import org.solera.upgrade.api.SwapService;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

class SwapsResourceTest {
    private static final long LIMIT = 3 << 20;

    @TempDir
    private Path uploads;

    private final Swaps swaps = new Swaps();

    @BeforeAll
    static void runtime() {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    }

    /** A service whose only swap goes through the phases that were lined up, one at each look. */
    private static final class Swaps implements SwapService {
        private final Deque<SwapPhase> phases = new ArrayDeque<>();
        private String bundle = "org.solera.storage.s3";
        private byte[] seen = new byte[0];
        private SoleraException refusal;

        private SwapRecord record(SwapPhase phase) {
            return new SwapRecord(7, bundle, "1.0.0", "1.0.1", phase, Instant.EPOCH, Instant.EPOCH, "", List.of());
        }

        @Override
        public SwapPlan plan(Path file) throws SoleraException {
            try {
                seen = Files.readAllBytes(file);
            } catch (IOException unreadable) {
                throw new SoleraException(PlatformError.INTERNAL, "unreadable", "", unreadable);
            }
            if (refusal != null) {
                throw refusal;
            }
            return new SwapPlan(
                    "abc", bundle, "1.0.0", "1.0.1", "f", List.of(), List.of(), List.of(), List.of(), List.of(), 100);
        }

        @Override
        public SwapRecord execute(String planHash) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SwapRecord begin(String planHash) throws SoleraException {
            if (!planHash.equals("abc")) {
                throw new UpgradeException(UpgradeError.STALE_PLAN, "No such plan.", "Plan again.", null);
            }
            return record(SwapPhase.INTENT);
        }

        @Override
        public Optional<SwapRecord> find(long id) {
            return id == 7 && !phases.isEmpty() ? Optional.of(record(phases.poll())) : Optional.empty();
        }

        @Override
        public List<SwapRecord> history() {
            return List.of(record(SwapPhase.DONE));
        }
    }

    private SwapsResource resource() {
        return new SwapsResource(swaps, uploads, LIMIT);
    }

    private void nothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(uploads)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private static InputStream zeros(long size) {
        return new ByteArrayInputStream(new byte[(int) size]);
    }

    @Test
    void anUploadReachesThePlannerWholeAndLeavesNothing() throws Exception {
        byte[] body = "PK and more".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Response answer = resource().plan(new ByteArrayInputStream(body));
        assertEquals(201, answer.getStatus());
        assertArrayEquals(body, swaps.seen);
        nothingIsLeft();
    }

    @Test
    void anUploadOfTheLimitIsTakenAndOneByteMoreIsNot() throws Exception {
        assertEquals(201, resource().plan(zeros(LIMIT)).getStatus());
        assertEquals(LIMIT, swaps.seen.length);
        swaps.seen = new byte[0];
        SoleraException refused =
                assertThrows(SoleraException.class, () -> resource().plan(zeros(LIMIT + 1)));
        assertEquals(PlatformError.INVALID_REQUEST, refused.code());
        assertEquals("The bundle is larger than 3 MiB.", refused.getMessage());
        assertEquals(0, swaps.seen.length, "it does not reach the planner");
        nothingIsLeft();
    }

    @Test
    void anUploadThatBreaksOffIsToldWithoutInternals() throws Exception {
        InputStream cut = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("org.example.Internal: /var/lib/tmp");
            }
        };
        SoleraException refused =
                assertThrows(SoleraException.class, () -> resource().plan(cut));
        assertEquals(PlatformError.INVALID_REQUEST, refused.code());
        assertFalse(refused.explain().contains("org.example"), refused.explain());
        nothingIsLeft();
    }

    @Test
    void theRefusalOfThePlannerPassesAndLeavesNothing() throws Exception {
        swaps.refusal = new UpgradeException(UpgradeError.NOT_A_BUNDLE, "no", "other", null);
        assertSame(
                swaps.refusal,
                assertThrows(SoleraException.class, () -> resource().plan(zeros(10))));
        nothingIsLeft();
    }

    @Test
    void executionAnswersWhenTheSwapEnded() throws Exception {
        swaps.phases.addAll(List.of(SwapPhase.HEALTHY, SwapPhase.DONE));
        Response answer = resource().execute("abc", true);
        assertEquals(200, answer.getStatus());
        assertEquals("DONE", ((SwapDto) answer.getEntity()).phase());
    }

    @Test
    void nobodyWaitsForTheBundleThatCarriesTheAnswerNorUnasked() throws Exception {
        assertEquals(202, resource().execute("abc", false).getStatus());
        for (String carrier : new String[] {"org.solera.upgrade.rest", "org.solera.platform.rest"}) {
            swaps.bundle = carrier;
            assertEquals(202, resource().execute("abc", true).getStatus(), carrier);
        }
    }

    @Test
    void unknownSwapsAndPlansAreRefused() throws Exception {
        SoleraException unknown =
                assertThrows(SoleraException.class, () -> resource().get(8));
        assertEquals(PlatformError.NOT_FOUND, unknown.code());
        SoleraException stale =
                assertThrows(SoleraException.class, () -> resource().execute("xyz", true));
        assertEquals(UpgradeError.STALE_PLAN, stale.code());
        assertEquals(1, resource().list().size());
    }
}
