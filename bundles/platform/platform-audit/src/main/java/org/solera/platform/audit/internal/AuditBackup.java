// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.backup.BackupPart;

/**
 * The audit in backups. A restore never replaces the chain of this box: the restored one is kept beside it, in
 * {@code state/audit/restored-<time>}, for reading, and the own chain goes on with a record that names its end. Of the
 * restored ones the newest {@value #KEPT} are kept.
 */
@Component(service = BackupPart.class)
public final class AuditBackup implements BackupPart {
    private static final int KEPT = 3;
    private static final String PREFIX = "restored-";
    private static final DateTimeFormatter NAMES =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ChainedAudit audit;

    @Activate
    public AuditBackup(@Reference ChainedAudit audit) {
        this.audit = audit;
    }

    @Override
    public String id() {
        return "audit";
    }

    @Override
    public int order() {
        return 90;
    }

    @Override
    public void write(OutputStream out) throws SoleraException, IOException {
        audit.reading(chain -> {
            ChainArchive.write(chain, out);
            return chain;
        });
    }

    @Override
    public void check(InputStream in) throws SoleraException, IOException {
        Path folder = fresh("checked-");
        try {
            take(in, folder);
        } finally {
            SafeFile.deleteTree(folder);
        }
    }

    @Override
    public synchronized void restore(InputStream in) throws SoleraException, IOException {
        OpenChain chain = audit.chain();
        Path folder = fresh(PREFIX);
        Path place = chain.folder().resolve(PREFIX + NAMES.format(chain.clock().instant()));
        try {
            ChainArchive.Taken taken = take(in, folder);
            Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
            SafeFile.forceFolder(chain.folder());
            audit.note(new AuditEvent(
                    "system",
                    "audit.restored",
                    place.getFileName().toString(),
                    "local",
                    "system",
                    Map.of(
                            "sequence", String.valueOf(taken.sequence()),
                            "hash", taken.hash(),
                            "whole", String.valueOf(taken.verdict().whole()),
                            "finding", taken.verdict().detail())));
        } finally {
            SafeFile.deleteTree(folder);
        }
        forgetOldest(chain.folder());
    }

    private Path fresh(String what) throws SoleraException {
        OpenChain chain = audit.chain();
        return chain.folder().resolve(what + System.nanoTime() + ".tmp");
    }

    private static ChainArchive.Taken take(InputStream in, Path folder) throws SoleraException {
        try {
            return ChainArchive.extract(in, folder);
        } catch (IOException failure) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The audit of the archive cannot be restored: %s".formatted(failure.getMessage()),
                    "Use another archive, or free space on the drive of the data folder.",
                    failure);
        }
    }

    private static void forgetOldest(Path folder) throws IOException {
        List<Path> restored;
        try (Stream<Path> files = Files.list(folder)) {
            restored = files.filter(each -> each.getFileName().toString().startsWith(PREFIX)
                            && !each.toString().endsWith(".tmp"))
                    .sorted()
                    .toList();
        }
        for (int i = 0; i < restored.size() - KEPT; i++) {
            SafeFile.deleteTree(restored.get(i));
        }
    }
}
