// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.solera.platform.persistence.api.Migration;

/** Reads the text of a migration. */
final class SqlScript {
    private SqlScript() {}

    /** {@return the statements, without the semicolon that ends each at the end of a line} */
    static List<String> statements(String sql) {
        List<String> statements = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String line : sql.lines().toList()) {
            String text = line.stripTrailing();
            boolean ends = text.endsWith(";");
            current.append(ends ? text.substring(0, text.length() - 1) : text).append('\n');
            if (ends) {
                statements.add(current.toString().strip());
                current.setLength(0);
            }
        }
        if (!current.toString().isBlank()) {
            statements.add(current.toString().strip());
        }
        return statements.stream().filter(each -> !each.isEmpty()).toList();
    }

    /** {@return SHA-256 of version, title and statements, hexadecimal; the same on every product} */
    static String digest(Migration step) {
        String text = step.version() + "\n" + step.title() + "\n" + String.join("\n;\n", statements(step.sql()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256.", missing);
        }
    }
}
