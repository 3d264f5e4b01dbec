// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rrd4j.ConsolFun;
import org.rrd4j.DsType;
import org.rrd4j.core.Archive;
import org.rrd4j.core.RrdBackendFactory;
import org.rrd4j.core.RrdDb;
import org.rrd4j.core.RrdDef;
import org.rrd4j.core.RrdRandomAccessFileBackendFactory;
import org.rrd4j.core.Sample;
import org.solera.platform.api.history.MetricHistory.Aggregate;

/**
 * One file with room for {@link #SLOTS} series, all of its size taken at once. Written in place: a process that is killed
 * loses nothing that was recorded, a power cut what the operating system had not written yet. Confined to one thread at a
 * time.
 */
final class Shelf implements AutoCloseable {
    /** Series in one file. */
    static final int SLOTS = 50;

    private static final int HEARTBEAT_SECONDS = 3 * Resolution.STEP;
    // One known record is enough for a row: a quantile is known only when something happened.
    private static final double UNKNOWN_SHARE = 0.99;

    /**
     * Rows of one slot at equal distances.
     *
     * @param first end of the time of the first row, in seconds
     * @param step distance in seconds
     * @param values the rows
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Rows(long first, long step, double[] values) {}

    private final RrdDb file;

    private Shelf(RrdDb file) {
        this.file = file;
    }

    // A factory of our own: the library's common ones keep threads and files in statics.
    private static RrdBackendFactory files() {
        return new RrdRandomAccessFileBackendFactory();
    }

    /** Makes an empty shelf, in place of any file of this name. */
    static Shelf create(Path path, long nowSeconds) throws IOException {
        Files.deleteIfExists(path);
        RrdDef definition = new RrdDef(path.toString(), nowSeconds - Resolution.STEP, Resolution.STEP);
        for (int slot = 0; slot < SLOTS; slot++) {
            definition.addDatasource("s" + slot, DsType.GAUGE, HEARTBEAT_SECONDS, Double.NaN, Double.NaN);
        }
        for (Resolution each : Resolution.values()) {
            for (Aggregate aggregate : Aggregate.values()) {
                if (each.keeps(aggregate)) {
                    definition.addArchive(function(aggregate), UNKNOWN_SHARE, each.records(), each.rows());
                }
            }
        }
        return new Shelf(RrdDb.getBuilder()
                .setRrdDef(definition)
                .setBackendFactory(files())
                .build());
    }

    /**
     * Opens a shelf.
     *
     * @throws IOException if it cannot be read or is not of this form
     */
    static Shelf open(Path path) throws IOException {
        RrdDb file;
        try {
            file = RrdDb.getBuilder()
                    .setPath(path.toString())
                    .setBackendFactory(files())
                    .build();
        } catch (RuntimeException damaged) {
            throw new IOException("The file is damaged: " + damaged.getMessage(), damaged);
        }
        Shelf shelf = new Shelf(file);
        try {
            shelf.check();
            return shelf;
        } catch (IOException | RuntimeException damaged) {
            shelf.close();
            throw new IOException("The file is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private void check() throws IOException {
        if (file.getDsCount() != SLOTS || file.getHeader().getStep() != Resolution.STEP) {
            throw new IOException("It has " + file.getDsCount() + " slots instead of " + SLOTS + ".");
        }
        for (Resolution each : Resolution.values()) {
            for (Aggregate aggregate : Aggregate.values()) {
                if (each.keeps(aggregate) && archive(each, aggregate).getRows() != each.rows()) {
                    throw new IOException("It keeps another number of rows.");
                }
            }
        }
        if (read(0, Resolution.COARSE, Aggregate.AVERAGE, 0, Long.MAX_VALUE).values().length == 0) {
            throw new IOException("It has no rows.");
        }
    }

    /** {@return time of the last record in seconds} */
    long last() throws IOException {
        return file.getLastUpdateTime();
    }

    /** Adds a record; the time is later than {@link #last()}. */
    void record(long seconds, double[] values) throws IOException {
        Sample sample = file.createSample(seconds);
        sample.setValues(values);
        sample.update();
    }

    /** Reads the rows of a slot whose time ends within (from, to]. */
    Rows read(int slot, Resolution resolution, Aggregate aggregate, long from, long to) throws IOException {
        Aggregate kept = resolution.keeps(aggregate) ? aggregate : Aggregate.AVERAGE;
        Archive archive = archive(resolution, kept);
        long start = archive.getStartTime();
        long step = archive.getArcStep();
        if (start % step != 0 || step != resolution.seconds()) {
            throw new IOException("Its times are no multiples of its step.");
        }
        long begin = Math.max(0, Math.floorDiv(Math.max(from, 0) - start, step) + 1);
        long end = Math.min(resolution.rows() - 1L, Math.floorDiv(Math.min(to, archive.getEndTime()) - start, step));
        if (end < begin) {
            return new Rows(start, step, new double[0]);
        }
        double[] values = archive.getRobin(slot).getValues((int) begin, (int) (end - begin + 1));
        return new Rows(start + begin * step, step, values);
    }

    private Archive archive(Resolution resolution, Aggregate aggregate) throws IOException {
        Archive archive = file.getArchive(function(aggregate), resolution.records());
        if (archive == null) {
            throw new IOException("It has no rows of " + resolution.seconds() + " s.");
        }
        return archive;
    }

    private static ConsolFun function(Aggregate aggregate) {
        return switch (aggregate) {
            case AVERAGE -> ConsolFun.AVERAGE;
            case MAXIMUM -> ConsolFun.MAX;
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
