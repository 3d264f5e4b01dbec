// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.ws.rs.NotAllowedException;
import javax.ws.rs.NotFoundException;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.ErrorCode;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

class ProblemTest {
    private final ObjectMapper json = ModuleApplication.json();

    private enum Unknown implements ErrorCode {
        SOMETHING_NEW,
        SOMETHING_PASSING;

        @Override
        public boolean retryable() {
            return this == SOMETHING_PASSING;
        }
    }

    record Sample(int count, Optional<String> name, Instant at, Duration took) {}

    @Test
    void everyPlatformCodeHasItsStatus() {
        assertEquals(503, Problem.statusOf(PlatformError.DRAINING));
        assertEquals(503, Problem.statusOf(PlatformError.BUSY));
        assertEquals(401, Problem.statusOf(PlatformError.UNAUTHENTICATED));
        assertEquals(403, Problem.statusOf(PlatformError.FORBIDDEN));
        assertEquals(400, Problem.statusOf(PlatformError.INVALID_REQUEST));
        assertEquals(404, Problem.statusOf(PlatformError.NOT_FOUND));
        assertEquals(409, Problem.statusOf(PlatformError.CONFLICT));
        assertEquals(500, Problem.statusOf(PlatformError.INTERNAL));
        assertEquals(500, Problem.statusOf(Unknown.SOMETHING_NEW));
        assertEquals(503, Problem.statusOf(Unknown.SOMETHING_PASSING));
    }

    @Test
    void aFailureIsToldWithCauseAndNextAction() {
        Problem problem = ProblemMapper.problem(
                new SoleraException(PlatformError.CONFLICT, "It is in use.", "Wait.", null), "r1");
        assertEquals(
                new Problem(
                        "urn:solera:problem:conflict",
                        "Conflict",
                        409,
                        "CONFLICT",
                        "It is in use.",
                        "Wait.",
                        "r1",
                        false),
                problem);
    }

    @Test
    void aDefectTellsNothingOfTheInside() throws JsonProcessingException {
        Problem problem = ProblemMapper.problem(new IllegalStateException("jdbc:secret"), "r2");
        assertEquals(500, problem.status());
        assertFalse(json.writeValueAsString(problem).contains("secret"));
        assertTrue(problem.nextAction().contains("r2"));
    }

    @Test
    void whatTheClientDidWrongKeepsItsStatus() {
        assertEquals(404, ProblemMapper.problem(new NotFoundException(), "r").status());
        assertEquals(
                405, ProblemMapper.problem(new NotAllowedException("GET"), "r").status());
    }

    @Test
    void aWrongBodyIsToldByPlaceWithoutNamesOfClasses() {
        for (String body : new String[] {"{\"count\": \"many\"}", "{\"other\": 1}", "{", "{} {}"}) {
            Problem problem = ProblemMapper.problem(
                    assertThrows(JsonProcessingException.class, () -> json.readValue(body, Sample.class)), "r");
            assertEquals(400, problem.status(), body);
            assertFalse(problem.detail().contains("org.solera"), problem.detail());
        }
    }

    @Test
    void timesAreTextAndRecordsComeBackAsTheyWent() throws JsonProcessingException {
        Sample sample = new Sample(3, Optional.of("x"), Instant.parse("2026-01-02T03:04:05Z"), Duration.ofSeconds(90));
        String text = json.writeValueAsString(sample);
        assertEquals("{\"count\":3,\"name\":\"x\",\"at\":\"2026-01-02T03:04:05Z\",\"took\":\"PT1M30S\"}", text);
        assertEquals(sample, json.readValue(text, Sample.class));
    }
}
