// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.hardware.api.HardwareService.Tuning;
import org.solera.hardware.api.HardwareService.TuningState;

class TuningWriterTest {
    private static final String PID = "solera.media.image";

    @TempDir
    Path folder;

    private final MemoryConfigurations admin = new MemoryConfigurations();
    private TuningWriter writer;

    @BeforeEach
    void open() {
        writer = new TuningWriter(admin, new AppliedTuning(folder));
    }

    private List<Tuning> apply(Object workers) {
        return writer.apply(Map.of(PID, Map.of("workers", workers)));
    }

    private static Tuning tuning(String wanted, String found, TuningState state) {
        return new Tuning(PID, "workers", wanted, found, state);
    }

    @Test
    void setsWhatNobodySet() throws IOException {
        assertEquals(List.of(tuning("4", "4", TuningState.APPLIED)), apply(4));

        assertEquals(Map.of("workers", 4), admin.properties(PID));
        assertEquals(
                new ObjectMapper()
                        .readTree("{\"applied\":{\"solera.media.image\":{\"workers\":[\"4\"]}},\"format\":\"1\"}"),
                new ObjectMapper()
                        .readTree(folder.resolve("applied-tuning.json").toFile()));
    }

    @Test
    void neverOverwritesWhatAPersonSet() {
        admin.put(PID, Map.of("workers", "9", "other", "x"));

        assertEquals(List.of(tuning("4", "9", TuningState.KEPT_BY_HAND)), apply(4));

        assertEquals(Map.of("workers", "9", "other", "x"), admin.properties(PID));
        assertEquals(0, admin.updates());
    }

    @Test
    void leavesAloneWhatAPersonChangedLater() {
        apply(4);
        admin.put(PID, Map.of("workers", "5"));

        assertEquals(List.of(tuning("4", "5", TuningState.KEPT_BY_HAND)), apply(4));
        assertEquals(List.of(tuning("8", "5", TuningState.KEPT_BY_HAND)), apply(8));
        assertEquals(Map.of("workers", "5"), admin.properties(PID));
    }

    @Test
    void aValueThatAPersonSetToTheSameStaysTheirs() {
        admin.put(PID, Map.of("workers", "4"));

        assertEquals(List.of(tuning("4", "4", TuningState.SAME)), apply(4));
        assertEquals(List.of(tuning("8", "4", TuningState.KEPT_BY_HAND)), apply(8));
    }

    @Test
    void followsTheProfileWhereItSetTheValueItself() {
        apply(4);

        assertEquals(List.of(tuning("8", "8", TuningState.APPLIED)), apply(8));
        assertEquals(Map.of("workers", 8), admin.properties(PID));
    }

    @Test
    void writesNothingTwice() throws IOException {
        apply(4);
        var written = Files.getLastModifiedTime(folder.resolve("applied-tuning.json"));

        apply(4);

        assertEquals(1, admin.updates());
        assertEquals(written, Files.getLastModifiedTime(folder.resolve("applied-tuning.json")));
    }

    @Test
    void takesBackWhatAnEarlierProfileSetAndLeavesTheRest() {
        admin.put(PID, Map.of("other", "x"));
        apply(4);

        assertEquals(List.of(), writer.apply(Map.of()));

        assertEquals(Map.of("other", "x"), admin.properties(PID));
        admin.put(PID, Map.of("workers", "4"));
        assertEquals(List.of(tuning("8", "4", TuningState.KEPT_BY_HAND)), apply(8));
    }

    @Test
    void setsAgainWhatWasLostWithACache() {
        apply(4);
        admin.clear();

        assertEquals(List.of(tuning("4", "4", TuningState.APPLIED)), apply(4));
        assertEquals(Map.of("workers", 4), admin.properties(PID));
    }

    @Test
    void aCutBetweenRecordAndSettingLosesNothing() {
        apply(4);
        admin.failNext();
        assertEquals(List.of(tuning("8", "", TuningState.NOT_WRITTEN)), apply(8));

        // The value before is in force and still ours: it is followed, not kept as a person's.
        assertEquals(List.of(tuning("8", "8", TuningState.APPLIED)), apply(8));
        assertEquals(Map.of("workers", 8), admin.properties(PID));
    }

    @Test
    void aBrokenRecordTakesNothingFromAPerson() throws IOException {
        apply(4);
        Files.writeString(folder.resolve("applied-tuning.json"), "{\"format\": \"1\", \"applied\": [");

        assertEquals(List.of(tuning("8", "4", TuningState.KEPT_BY_HAND)), apply(8));
    }

    @Test
    void listsAndTruthsKeepTheirTypes() {
        writer.apply(Map.of(PID, Map.of("codecs", List.of("h264", "hevc"), "fast", true)));

        assertArrayEquals(
                new String[] {"h264", "hevc"}, (String[]) admin.properties(PID).get("codecs"));
        assertEquals(true, admin.properties(PID).get("fast"));
        assertEquals(
                TuningState.APPLIED,
                writer.apply(Map.of(PID, Map.of("codecs", List.of("h264", "hevc"), "fast", true)))
                        .get(0)
                        .state());
        assertEquals(1, admin.updates());
    }

    @Test
    void leavesNoTemporaryFiles() throws IOException {
        apply(4);
        apply(8);

        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("applied-tuning.json"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
        assertFalse(admin.properties(PID).isEmpty());
        assertTrue(admin.updates() == 2);
    }
}
