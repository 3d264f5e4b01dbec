// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditPage;
import org.solera.platform.api.audit.AuditQuery;
import org.solera.platform.api.audit.AuditRecord;

/** Looks for records, newest first; skips segments by their times. Used by one thread, once. */
final class Searcher {
    /** Most records that one search reads. */
    static final int MOST_READ = 50_000;

    private static final String LAST_TIME = "~";

    private final Path folder;
    private final ChainState state;
    private final AuditQuery query;
    private final String from;
    private final String to;
    private final String text;
    private final List<AuditRecord> found = new ArrayList<>();
    private int read;
    private long lastRead;

    Searcher(Path folder, ChainState state, AuditQuery query) {
        this.folder = folder;
        this.state = state;
        this.query = query;
        this.from = bound(query.from(), "");
        this.to = bound(query.to(), LAST_TIME);
        this.text = query.text().toLowerCase(Locale.ROOT);
    }

    /** {@return a time as the records have it, or the bound that matches all where the calendar of records ends} */
    static String bound(@Nullable Instant time, String none) {
        if (time == null) {
            return none;
        }
        int year = time.isAfter(Instant.parse("9999-12-31T23:59:59Z"))
                ? 10_000
                : time.isBefore(Instant.EPOCH)
                        ? -1
                        : time.atZone(ZoneOffset.UTC).getYear();
        return year < 0 ? "" : year > 9_999 ? LAST_TIME : Lines.time(time);
    }

    /** {@return whether the segment may hold records between these times} */
    static boolean overlaps(Segment segment, String from, String to) {
        return !segment.known()
                || (!segment.latest().isEmpty()
                        && segment.latest().compareTo(from) >= 0
                        && segment.earliest().compareTo(to) < 0);
    }

    AuditPage run() throws IOException {
        for (int i = state.segments().size() - 1; i >= 0; i--) {
            Segment segment = state.segments().get(i);
            if (segment.first() >= query.before() || !overlaps(segment, from, to)) {
                continue;
            }
            try (BackwardReader lines = new BackwardReader(segment.file(folder), segment.bytes())) {
                if (!search(lines)) {
                    return new AuditPage(found, lastRead);
                }
            } catch (NoSuchFileException gone) {
                break; // let go in the meantime; so are all before it
            }
        }
        return new AuditPage(found, 0);
    }

    /** {@return whether to go on} */
    private boolean search(BackwardReader lines) throws IOException {
        for (Lines.View line = lines.next(); line != null; line = lines.next()) {
            long sequence = line.sequence();
            if (sequence == 0 || sequence >= query.before()) {
                continue;
            }
            if (found.size() >= query.limit() || read >= MOST_READ) {
                return false;
            }
            read++;
            lastRead = sequence;
            AuditRecord record = parse(line);
            if (record != null && matches(record, line.time())) {
                found.add(record);
            }
        }
        return true;
    }

    private static @Nullable AuditRecord parse(Lines.View line) {
        try {
            return line.record();
        } catch (IllegalArgumentException | java.time.DateTimeException changed) {
            return null; // verification names it
        }
    }

    private boolean matches(AuditRecord record, String time) {
        AuditEvent event = record.event();
        return time.compareTo(from) >= 0
                && time.compareTo(to) < 0
                && (query.who().isEmpty() || event.who().equals(query.who()))
                && event.action().startsWith(query.action())
                && (query.outcome().isEmpty() || record.outcome().equals(query.outcome()))
                && (text.isEmpty() || says(record));
    }

    private boolean says(AuditRecord record) {
        AuditEvent event = record.event();
        if (contains(event.target()) || contains(record.message())) {
            return true;
        }
        for (Map.Entry<String, String> each : event.details().entrySet()) {
            if (contains(each.getKey()) || contains(each.getValue())) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(String where) {
        return where.toLowerCase(Locale.ROOT).contains(text);
    }
}
