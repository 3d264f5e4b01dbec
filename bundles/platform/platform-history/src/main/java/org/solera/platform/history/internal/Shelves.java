// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.history.MetricHistory.Aggregate;
import org.solera.platform.api.history.MetricHistory.Series;
import org.solera.platform.history.internal.Shelf.Rows;

/**
 * The folder of the history: a catalogue and at most {@link #SHELVES_MOST} shelves of equal size. What cannot be read is put
 * aside and begun anew; of those put aside the last two are kept. Thread-safe.
 */
final class Shelves implements AutoCloseable {
    /** The most series that are kept. */
    static final int SERIES_MOST = 1_000;

    static final int SHELVES_MOST = SERIES_MOST / Shelf.SLOTS;

    private static final Logger log = LoggerFactory.getLogger(Shelves.class);
    private static final int ASIDE_MOST = 2;
    private static final long LEAP_SECONDS = TimeUnit.DAYS.toSeconds(31);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(30);
    private static final long RECLAIM_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Path folder;
    private final Path catalog;
    private final Map<Series, Integer> slots; // guarded by this
    private final BitSet taken = new BitSet(SERIES_MOST); // guarded by this
    private final @Nullable Shelf[] shelves = new Shelf[SHELVES_MOST]; // guarded by this
    private final long[] oddSince = new long[SHELVES_MOST]; // guarded by this; 0 while its time is even
    private long lastReclaim;
    private int refused;
    private String trouble = "";

    Shelves(Path folder) throws IOException {
        this.folder = folder;
        this.catalog = folder.resolve("catalog");
        this.slots = readCatalog();
        slots.values().forEach(taken::set);
    }

    private Map<Series, Integer> readCatalog() throws IOException {
        try {
            Map<Series, Integer> read = Catalog.read(catalog);
            if (read.values().stream().allMatch(slot -> slot >= 0 && slot < SERIES_MOST)
                    && Set.copyOf(read.values()).size() == read.size()) {
                return read;
            }
            throw new IOException("The catalogue is damaged: a slot is named twice or does not exist.");
        } catch (IOException | RuntimeException damaged) {
            putAside(catalog, damaged);
            for (int shelf = 0; shelf < SHELVES_MOST; shelf++) {
                Files.deleteIfExists(path(shelf)); // without names its rows say nothing
            }
            return new java.util.HashMap<>();
        }
    }

    private Path path(int shelf) {
        return folder.resolve("shelf-%02d.rrd".formatted(shelf));
    }

    /**
     * Records one value for each series; what could not be recorded is told by {@link #trouble()}.
     *
     * @param seconds the time, a multiple of the step
     * @param nanos a monotonic time
     */
    synchronized void record(long seconds, long nanos, Map<Series, Double> values) {
        trouble = "";
        assign(values.keySet(), nanos);
        double[][] records = new double[SHELVES_MOST][];
        values.forEach((series, value) -> {
            Integer slot = slots.get(series);
            if (slot != null) {
                int shelf = slot / Shelf.SLOTS;
                if (records[shelf] == null) {
                    records[shelf] = nothing();
                }
                records[shelf][slot % Shelf.SLOTS] = value;
            }
        });
        for (int shelf = 0; shelf < SHELVES_MOST; shelf++) {
            if (records[shelf] != null || taken.nextSetBit(shelf * Shelf.SLOTS) / Shelf.SLOTS == shelf) {
                record(shelf, seconds, nanos, records[shelf] == null ? nothing() : records[shelf]);
            }
        }
    }

    private static double[] nothing() {
        double[] values = new double[Shelf.SLOTS];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private void record(int index, long seconds, long nanos, double[] values) {
        try {
            Shelf shelf = shelf(index, seconds);
            long last = shelf.last();
            if (last == seconds) {
                return; // two ticks within one step
            }
            if (last < seconds && seconds - last < LEAP_SECONDS) {
                oddSince[index] = 0;
                renewed(index, seconds, last).record(seconds, values);
            } else {
                leapt(index, seconds, nanos, values, last);
            }
        } catch (IOException | RuntimeException failure) {
            trouble = "The figures could not be written: " + failure.getMessage();
            log.debug("Shelf {} could not be written.", index, failure);
            drop(index);
        }
    }

    /** A clock that is wrong at boot is set right soon; one that stays is believed. */
    private void leapt(int index, long seconds, long nanos, double[] values, long last) throws IOException {
        if (oddSince[index] == 0) {
            oddSince[index] = nanos == 0 ? 1 : nanos;
        }
        if (nanos - oddSince[index] < PATIENCE_NANOS) {
            trouble = last > seconds
                    ? "The clock is %d s behind the last record.".formatted(last - seconds)
                    : "The clock is %d days after the last record.".formatted((seconds - last) / 86_400);
            return;
        }
        oddSince[index] = 0;
        if (last > seconds) {
            drop(index);
            putAside(path(index), new IOException("its last record lies " + (last - seconds) + " s in the future"));
            shelf(index, seconds);
        } else {
            renewed(index, seconds, last).record(seconds, values);
        }
    }

    /** Of a shelf whose last record is older than anything kept, an empty one is as good and begins at once. */
    private Shelf renewed(int index, long seconds, long last) throws IOException {
        if (seconds - last >= Resolution.COARSE.span()) {
            drop(index);
            shelves[index] = Shelf.create(path(index), seconds);
        }
        return shelf(index, seconds);
    }

    private Shelf shelf(int index, long seconds) throws IOException {
        Shelf open = shelves[index];
        if (open != null) {
            return open;
        }
        Path path = path(index);
        if (Files.exists(path)) {
            try {
                open = Shelf.open(path);
            } catch (IOException damaged) {
                putAside(path, damaged);
            }
        }
        if (open == null) {
            open = Shelf.create(path, seconds);
        }
        shelves[index] = open;
        return open;
    }

    private void drop(int index) {
        Shelf shelf = shelves[index];
        shelves[index] = null;
        if (shelf != null) {
            try {
                shelf.close();
            } catch (IOException | RuntimeException failure) {
                log.debug("Shelf {} could not be closed.", index, failure);
            }
        }
    }

    private void putAside(Path path, Exception reason) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Path aside = path.resolveSibling(path.getFileName() + ".damaged");
        Files.move(path, aside, REPLACE_EXISTING);
        log.warn("{} was put aside as {} and begun anew: {}", path, aside.getFileName(), reason.getMessage());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> old = files.filter(each -> each.toString().endsWith(".damaged"))
                    .sorted(Comparator.comparing((Path each) -> each.toFile().lastModified())
                            .reversed())
                    .toList();
            for (Path each : old.subList(Math.min(ASIDE_MOST, old.size()), old.size())) {
                Files.deleteIfExists(each);
            }
        }
    }

    private void assign(Set<Series> wanted, long nanos) {
        List<Series> added = new ArrayList<>();
        refused = 0;
        for (Series series : wanted) {
            if (slots.containsKey(series)) {
                continue;
            }
            if (taken.cardinality() >= SERIES_MOST && (lastReclaim == 0 || nanos - lastReclaim > RECLAIM_NANOS)) {
                lastReclaim = nanos == 0 ? 1 : nanos;
                reclaim(wanted);
            }
            int slot = taken.nextClearBit(0);
            if (slot >= SERIES_MOST) {
                refused++;
                continue;
            }
            taken.set(slot);
            slots.put(series, slot);
            added.add(series);
        }
        if (!added.isEmpty()) {
            try {
                Catalog.write(catalog, slots);
            } catch (IOException failure) {
                trouble = "The catalogue of the history could not be written: " + failure.getMessage();
                added.forEach(series -> {
                    Integer slot = slots.remove(series);
                    if (slot != null) {
                        taken.clear(slot);
                    }
                });
            }
        }
    }

    /** Frees the slots of series that had no value for as long as anything is kept. */
    synchronized void reclaim(Set<Series> current) {
        int before = slots.size();
        slots.entrySet().removeIf(entry -> {
            boolean gone = !current.contains(entry.getKey()) && isEmpty(entry.getValue());
            if (gone) {
                taken.clear(entry.getValue());
            }
            return gone;
        });
        if (slots.size() < before) {
            log.info("{} series without a value for 30 days were forgotten.", before - slots.size());
        }
    }

    private boolean isEmpty(int slot) {
        try {
            Rows rows = rows(slot, Resolution.COARSE, Aggregate.AVERAGE, 0, Long.MAX_VALUE);
            return Arrays.stream(rows.values()).allMatch(Double::isNaN)
                    && Arrays.stream(rows(slot, Resolution.FINE, Aggregate.AVERAGE, 0, Long.MAX_VALUE)
                                    .values())
                            .allMatch(Double::isNaN);
        } catch (IOException | RuntimeException failure) {
            log.debug("Slot {} could not be read.", slot, failure);
            return false;
        }
    }

    /** {@return all series that are kept} */
    synchronized List<Series> series() {
        return List.copyOf(slots.keySet());
    }

    /** Reads the rows of all series of a metric; a shelf that cannot be read gives none. */
    synchronized Map<Series, Rows> read(String metric, Resolution resolution, Aggregate aggregate, long from, long to) {
        Map<Series, Rows> found = new TreeMap<>(HistoryRecorder.BY_NAME);
        slots.forEach((series, slot) -> {
            if (series.metric().equals(metric)) {
                try {
                    found.put(series, rows(slot, resolution, aggregate, from, to));
                } catch (IOException | RuntimeException failure) {
                    log.warn("The history of {} cannot be read: {}", series, failure.getMessage());
                    drop(slot / Shelf.SLOTS);
                }
            }
        });
        return found;
    }

    private Rows rows(int slot, Resolution resolution, Aggregate aggregate, long from, long to) throws IOException {
        int index = slot / Shelf.SLOTS;
        Shelf shelf = shelves[index];
        if (shelf == null) {
            if (!Files.exists(path(index))) {
                return new Rows(0, resolution.seconds(), new double[0]);
            }
            shelf = Shelf.open(path(index));
            shelves[index] = shelf;
        }
        return shelf.read(slot % Shelf.SLOTS, resolution, aggregate, from, to);
    }

    /** {@return what went wrong with the last record, as a sentence; empty if nothing} */
    synchronized String trouble() {
        return trouble;
    }

    /** {@return series of the last record that found no room} */
    synchronized int refused() {
        return refused;
    }

    @Override
    public synchronized void close() {
        for (int shelf = 0; shelf < SHELVES_MOST; shelf++) {
            drop(shelf);
        }
    }
}
