// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.AccessKeys;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;

/**
 * The access keys on disk, mode 0600; one pair is made at first boot.
 *
 * <pre>
 * solera-keys 1.0                       magic, major.minor; a greater major is refused
 * ID SECRET admin OWNER                 public part, secret part, owner, roles by comma
 * </pre>
 */
@Component(immediate = true, service = AccessKeys.class)
public final class FileAccessKeys implements AccessKeys {
    private static final Logger log = LoggerFactory.getLogger(FileAccessKeys.class);
    private static final String MAGIC = "solera-keys 1.";
    private static final int ID_LENGTH = 20;
    private static final int SECRET_LENGTH = 40;

    private final Map<String, AccessKey> keys;

    @Activate
    public FileAccessKeys(@Reference Appliance appliance) {
        this(appliance.stateDirectory("security"), new FirstBootNote(appliance.dataDirectory()));
    }

    FileAccessKeys(Path folder, FirstBootNote note) {
        Path file = folder.resolve("keys");
        try {
            if (!Files.exists(file)) {
                make(file, note);
            }
            this.keys = read(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("The access keys cannot be read or made.", failure);
        }
    }

    private static void make(Path file, FirstBootNote note) throws IOException {
        RandomText random = new RandomText();
        String id = random.next(RandomText.CAPITALS_AND_DIGITS, ID_LENGTH);
        String secret = random.next(RandomText.LETTERS_AND_DIGITS, SECRET_LENGTH);
        note.put("access key", id);
        note.put("secret key", secret);
        String line = String.join(" ", id, secret, PasswordAuthenticator.ADMINISTRATOR, Role.OWNER.name());
        SecretFile.write(file, MAGIC + "0\n" + line + "\n");
        log.info("Access key {} was made.", id);
    }

    private static Map<String, AccessKey> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || !lines.get(0).startsWith(MAGIC)) {
            throw new IOException(file + " is no list of access keys that this version can read.");
        }
        Map<String, AccessKey> read = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(" ");
            if (fields.length != 4) {
                throw new IOException(file + " has a damaged line.");
            }
            Set<Role> roles =
                    Arrays.stream(fields[3].split(",")).map(Role::valueOf).collect(Collectors.toSet());
            read.put(fields[0], new AccessKey(fields[0], fields[1], Identity.of(fields[2], roles)));
        }
        return Map.copyOf(read);
    }

    @Override
    public Optional<AccessKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }
}
