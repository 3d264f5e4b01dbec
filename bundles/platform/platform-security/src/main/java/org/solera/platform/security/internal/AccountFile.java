// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;

/**
 * The accounts on disk, mode 0600.
 *
 * <pre>
 * solera-accounts 1.0                                   magic, major.minor; a greater major is refused
 * admin OWNER pbkdf2-sha256 310000 SALT HASH            name, roles by comma, scheme, iterations, Base64, Base64
 * </pre>
 *
 * Another version of this bundle may write the file during a swap, so it is read again when it changed.
 * <b>Thread-safety:</b> thread-safe.
 */
final class AccountFile {
    /** One account. */
    record Account(Identity identity, PasswordHash password) {}

    /** What tells one content of the file from another without reading it. */
    private record Stamp(
            FileTime modified, long sizeBytes, @Nullable Object fileKey) {}

    private static final String MAGIC = "solera-accounts 1.";

    private final Path file;
    private Map<String, Account> accounts = Map.of(); // guarded by this
    private @Nullable Stamp stamp; // guarded by this

    AccountFile(Path folder) {
        this.file = folder.resolve("accounts");
    }

    boolean exists() {
        return Files.exists(file);
    }

    synchronized Optional<Account> find(String name) throws IOException {
        refresh();
        return Optional.ofNullable(accounts.get(name));
    }

    synchronized void put(Account account) throws IOException {
        if (exists()) {
            refresh();
        }
        Map<String, Account> next = new TreeMap<>(accounts);
        next.put(account.identity().name(), account);
        SecretFile.write(
                file,
                next.values().stream().map(AccountFile::line).collect(Collectors.joining("\n", MAGIC + "0\n", "\n")));
        accounts = next;
        stamp = stamp();
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
    }

    private void refresh() throws IOException {
        Stamp now = stamp();
        if (now.equals(stamp)) {
            return;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || !lines.get(0).startsWith(MAGIC)) {
            throw new IOException(file + " is no list of accounts that this version can read.");
        }
        Map<String, Account> read = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            Account account = account(line);
            read.put(account.identity().name(), account);
        }
        accounts = read;
        stamp = now;
    }

    private Account account(String line) throws IOException {
        String[] fields = line.split(" ");
        if (fields.length != 6 || !fields[2].equals(PasswordHash.SCHEME)) {
            throw new IOException(file + " has a damaged line.");
        }
        try {
            Set<Role> roles =
                    Arrays.stream(fields[1].split(",")).map(Role::valueOf).collect(Collectors.toSet());
            return new Account(
                    Identity.of(fields[0], roles), new PasswordHash(Integer.parseInt(fields[3]), fields[4], fields[5]));
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + " has a damaged line.", damaged);
        }
    }

    private static String line(Account account) {
        return String.join(
                " ",
                account.identity().name(),
                account.identity().roles().stream().map(Role::name).sorted().collect(Collectors.joining(",")),
                PasswordHash.SCHEME,
                Integer.toString(account.password().iterations()),
                account.password().salt(),
                account.password().hash());
    }
}
