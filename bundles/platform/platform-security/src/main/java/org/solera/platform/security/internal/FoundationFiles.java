// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Role;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.User;
import org.solera.platform.api.files.DurableFile;

/**
 * The accounts and access keys of boxes that were set up before there was a database, read once.
 *
 * <pre>
 * solera-accounts 1.0                                   state/security/accounts
 * admin OWNER pbkdf2-sha256 310000 SALT HASH            name, roles by comma, scheme, iterations, Base64, Base64
 *
 * solera-keys 1.0                                       state/security/keys
 * ID SECRET admin OWNER                                 public part, secret part, owner, roles by comma
 * </pre>
 */
final class FoundationFiles {
    private static final String ACCOUNTS = "solera-accounts 1.";
    private static final String KEYS = "solera-keys 1.";
    private static final String MIGRATED = ".migrated";

    private final Path folder;
    private final Path accounts;
    private final Path keys;
    private final MasterKeys master;

    FoundationFiles(Path folder, MasterKeys master) {
        this.folder = folder;
        this.accounts = folder.resolve("accounts");
        this.keys = folder.resolve("keys");
        this.master = master;
    }

    boolean exist() {
        return Files.exists(accounts);
    }

    /** {@return the accounts and the keys} */
    List<AccountRow> read() throws IOException {
        List<AccountRow> rows = new ArrayList<>();
        Instant made = Files.getLastModifiedTime(accounts).toInstant();
        for (String[] line : lines(accounts, ACCOUNTS, 6)) {
            User user =
                    new User(line[0], "", "", User.LOCAL, true, Set.of(), roles(line[1]), false, false, made, null, 1);
            rows.add(new AccountRow.UserRow(
                    user, "", String.join(" ", line[2], line[3], line[4], line[5]), "", "", 0, Set.of()));
        }
        if (Files.exists(keys)) {
            for (String[] line : lines(keys, KEYS, 4)) {
                rows.add(AccessKeyRows.of(master, line[0], line[1], line[2], "S3", Set.of(), made, null));
            }
        }
        return rows;
    }

    private static List<String[]> lines(Path file, String magic, int fields) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || !lines.get(0).startsWith(magic)) {
            throw new IOException(file + " is none that this version can read.");
        }
        List<String[]> found = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(" ", -1);
            if (parts.length != fields) {
                throw new IOException(file + " has a damaged line.");
            }
            found.add(parts);
        }
        return found;
    }

    private static Set<Grant> roles(String text) throws IOException {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(role -> Grant.everywhere(Role.valueOf(role)))
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException damaged) {
            throw new IOException("An account has a role that this version does not know.", damaged);
        }
    }

    /** Puts the files aside, once the database has what was in them. */
    void retire() throws IOException {
        for (Path file : List.of(accounts, keys)) {
            if (Files.exists(file)) {
                Files.move(file, file.resolveSibling(file.getFileName() + MIGRATED));
                DurableFile.forceFolder(folder);
            }
        }
    }
}
