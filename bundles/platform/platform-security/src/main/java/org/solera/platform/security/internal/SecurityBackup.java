// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupPart;
import org.solera.platform.api.files.DurableFile;

/**
 * Backs the keys of the box, its authority and its certificate up.
 *
 * <pre>
 * magic        solera-security-backup 1.0 (2 bytes length, text); a greater major is refused
 * files        2 bytes count, then name (2 bytes length, text), 4 bytes length and content of each
 * </pre>
 *
 * <p>It is restored before the database, whose secrets need the keys. The keys of the box that restores stay beside those
 * of the backup, so a restore that is cut leaves both readable. Every session ends: those of the backup may be long over.
 */
@Component(service = BackupPart.class)
public final class SecurityBackup implements BackupPart {
    private static final Logger log = LoggerFactory.getLogger(SecurityBackup.class);
    private static final String MAGIC = "solera-security-backup 1.";
    private static final String MASTER = "master.key";
    private static final String KEY = "key.pem";
    private static final String CERTIFICATE = "certificate.pem";
    private static final List<String> AUTHORITY = List.of("ca.key.pem", "ca.pem");
    private static final int ORDER = 5;
    private static final int LARGEST = 1 << 20;

    private final Path tls;
    private final MasterKeys master;
    private final AccountBook book;
    private final SessionTable sessions;
    private final ApplianceCertificate certificate;

    @Activate
    public SecurityBackup(
            @Reference Appliance appliance,
            @Reference MasterKeys master,
            @Reference AccountBook book,
            @Reference SessionTable sessions,
            @Reference ApplianceCertificate certificate) {
        this.tls = appliance.stateDirectory("security").resolve("tls");
        this.master = master;
        this.book = book;
        this.sessions = sessions;
        this.certificate = certificate;
    }

    @Override
    public String id() {
        return "security";
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(MASTER, master.export().getBytes(StandardCharsets.US_ASCII));
        for (String name : List.of(AUTHORITY.get(0), AUTHORITY.get(1), KEY, CERTIFICATE)) {
            Path file = tls.resolve(name);
            if (Files.exists(file)) {
                files.put(name, Files.readAllBytes(file));
            }
        }
        DataOutputStream data = new DataOutputStream(out);
        data.writeUTF(MAGIC + "0");
        data.writeShort(files.size());
        for (Map.Entry<String, byte[]> each : files.entrySet()) {
            data.writeUTF(each.getKey());
            data.writeInt(each.getValue().length);
            data.write(each.getValue());
        }
        data.flush();
    }

    private static Map<String, String> read(InputStream in) throws SoleraException, IOException {
        DataInputStream data = new DataInputStream(in);
        if (!data.readUTF().startsWith(MAGIC)) {
            throw unusable("it is of a kind that this version does not know", null);
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (int left = data.readUnsignedShort(); left > 0; left--) {
            String name = data.readUTF();
            int length = data.readInt();
            if (length < 0 || length > LARGEST) {
                throw unusable("a file in it is too long", null);
            }
            byte[] content = data.readNBytes(length);
            if (content.length < length) {
                throw unusable("it is cut", null);
            }
            files.put(name, new String(content, StandardCharsets.US_ASCII));
        }
        return files;
    }

    private static SoleraException unusable(String why, @Nullable Exception cause) {
        return new SoleraException(
                PlatformError.INVALID_REQUEST,
                "The keys in the backup cannot be used: %s.".formatted(why),
                "Use another backup.",
                cause);
    }

    private static Map<String, String> checked(InputStream in) throws SoleraException, IOException {
        Map<String, String> files = read(in);
        String keys = files.get(MASTER);
        if (keys == null) {
            throw unusable("the key of the box is missing", null);
        }
        try {
            MasterKeys.check(keys);
            pair(files, AUTHORITY.get(0), AUTHORITY.get(1));
            pair(files, KEY, CERTIFICATE);
        } catch (IOException | GeneralSecurityException damaged) {
            throw unusable(Objects.toString(damaged.getMessage(), damaged.toString()), damaged);
        }
        return files;
    }

    private static void pair(Map<String, String> files, String key, String certificate)
            throws GeneralSecurityException {
        String one = files.get(key);
        String other = files.get(certificate);
        if (one != null && other != null) {
            TlsPair unused = TlsPair.parse(one, other);
        }
    }

    @Override
    public void check(InputStream in) throws SoleraException, IOException {
        Map<String, String> unused = checked(in);
    }

    @Override
    public void restore(InputStream in) throws SoleraException, IOException {
        Map<String, String> files = checked(in);
        master.adopt(files.getOrDefault(MASTER, ""));
        Path unused = DurableFile.folder(tls);
        for (String name : AUTHORITY) {
            String content = files.get(name);
            if (content != null) {
                DurableFile.replace(tls.resolve(name), content.getBytes(StandardCharsets.US_ASCII));
            }
        }
        certificate.restore(files.getOrDefault(KEY, ""), files.getOrDefault(CERTIFICATE, ""));
        sessions.endAll();
        book.replaced();
        log.info("The keys of the box and its certificate were restored.");
    }
}
