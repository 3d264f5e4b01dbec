// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.system;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.shell.internal.PlatformCommand;

/** Command {@code audit:export}. */
@Service
@Command(scope = "audit", name = "export", description = "Writes all records and a signature into a new file")
public final class AuditExportCommand extends PlatformCommand {
    @Argument(index = 0, name = "file", description = "File on this box, which must not exist", required = true)
    String file = "";

    @Option(name = "--from", description = "Not before: 2026-01-31, 2026-01-31T12:00:00Z")
    String from = "";

    @Option(name = "--to", description = "Before")
    String to = "";

    @Override
    protected void run(PrintStream out) throws SoleraException, IOException {
        Instant now = Instant.now();
        Instant notBefore = from.isEmpty() ? null : time(from, now);
        Instant end = to.isEmpty() ? null : time(to, now);
        Path target = session().currentDir().resolve(file);
        FileChannel channel = create(target);
        boolean whole = false;
        try (channel;
                OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024)) {
            askFile(Audit.class, audit -> audit.export(notBefore, end, stream));
            stream.flush();
            channel.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(target);
            }
        }
        out.println("Written: %s, %,d bytes. Keep it where nobody of this box can change it."
                .formatted(target, Files.size(target)));
    }

    private static FileChannel create(Path target) throws SoleraException, IOException {
        try {
            return FileChannel.open(
                    target,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException there) {
            throw invalid("The file %s exists.".formatted(target), "Name one that does not.", there);
        }
    }
}
