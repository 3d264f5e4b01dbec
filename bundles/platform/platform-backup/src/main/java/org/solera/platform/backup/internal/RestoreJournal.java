// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.files.DurableFile;

/**
 * Where a restore stands, in {@code state/backup/restore/journal}. It is there from the moment when everything is staged
 * and checked (the commit point) until all is done.
 *
 * <pre>
 * journal := lines "key=value" of UTF-8: format=solera-restore 1.0, state=applying|returning, archive, who, before,
 *            failure, count, part.N=id in the order of applying, done=ids by comma
 * </pre>
 *
 * @param returning whether it goes back to what was before, because a part could not be restored
 * @param archive name of the archive
 * @param who who asked for it
 * @param before name of the archive of the state before
 * @param failure why it goes back; empty while it does not
 * @param parts all parts, in the order of applying
 * @param done those that were applied, or returned
 */
record RestoreJournal(
        boolean returning,
        String archive,
        String who,
        String before,
        String failure,
        List<String> parts,
        List<String> done) {
    static final String NAME = "journal";
    private static final String FORMAT = "solera-restore 1.0";

    RestoreJournal {
        parts = List.copyOf(parts);
        done = List.copyOf(done);
    }

    /** {@return the part that comes next, if there is one} */
    Optional<String> next() {
        return parts.stream().filter(part -> !done.contains(part)).findFirst();
    }

    RestoreJournal with(String part) {
        List<String> more = new ArrayList<>(done);
        more.add(part);
        return new RestoreJournal(returning, archive, who, before, failure, parts, more);
    }

    /** {@return the way back: what was begun is returned, in the same order} */
    RestoreJournal back(String why, String failed) {
        List<String> begun = new ArrayList<>(done);
        begun.add(failed);
        return new RestoreJournal(
                true,
                archive,
                who,
                before,
                why,
                parts.stream().filter(begun::contains).toList(),
                List.of());
    }

    void write(Path folder) throws IOException {
        Properties lines = new Properties();
        lines.setProperty("format", FORMAT);
        lines.setProperty("state", returning ? "returning" : "applying");
        lines.setProperty("archive", archive);
        lines.setProperty("who", who);
        lines.setProperty("before", before);
        lines.setProperty("failure", failure);
        lines.setProperty("count", Integer.toString(parts.size()));
        for (int i = 0; i < parts.size(); i++) {
            lines.setProperty("part." + i, parts.get(i));
        }
        lines.setProperty("done", String.join(",", done));
        StringWriter text = new StringWriter();
        lines.store(text, null);
        DurableFile.replace(folder.resolve(NAME), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the journal, if a restore is under way} */
    static Optional<RestoreJournal> read(Path folder) throws SoleraException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Properties lines = new Properties();
            lines.load(new StringReader(Files.readString(file)));
            if (!FORMAT.equals(lines.getProperty("format"))) {
                throw Refusals.unsupported("The journal of a restore in %s is of another version.".formatted(folder));
            }
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(lines.getProperty("count", "0")); i++) {
                parts.add(lines.getProperty("part." + i, ""));
            }
            String done = lines.getProperty("done", "");
            return Optional.of(new RestoreJournal(
                    "returning".equals(lines.getProperty("state")),
                    lines.getProperty("archive", ""),
                    lines.getProperty("who", ""),
                    lines.getProperty("before", ""),
                    lines.getProperty("failure", ""),
                    parts,
                    done.isEmpty() ? List.of() : List.of(done.split(",", -1))));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw Refusals.ofDisk("The journal of a restore in %s cannot be read".formatted(folder), unreadable);
        }
    }
}
