// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what Derby would write to a file {@code derby.log} in the current folder. Derby finds its writer through a static
 * method that its own class loader sees, and reads its settings from system properties only; {@link DriverManager} offers
 * such a method. Derby asks once, when its engine starts; afterwards the writer is taken away from {@link DriverManager},
 * because every {@code SQLException} that is made prints its trace there.
 */
final class DerbyLog extends Writer {
    private static final Logger log = LoggerFactory.getLogger("org.apache.derby");
    private static final String METHOD = "derby.stream.error.method";
    private static final String HOME = "derby.system.home";
    private static final int LINE_LIMIT = 4096;

    private final StringBuilder line = new StringBuilder(); // guarded by the lock of Writer

    /** While the writer is with {@link DriverManager}, that one writes its own steps and traces here too. */
    private volatile boolean shared = true;

    private DerbyLog() {}

    static DerbyLog install(Path folder) {
        DerbyLog writer = new DerbyLog();
        System.setProperty(METHOD, "java.sql.DriverManager.getLogWriter");
        System.setProperty(HOME, folder.toAbsolutePath().toString());
        DriverManager.setLogWriter(new PrintWriter(writer, true));
        return writer;
    }

    /** The engine has started. */
    void taken() {
        DriverManager.setLogWriter(null);
        shared = false;
    }

    @Override
    public void write(char @Nullable [] text, int offset, int length) {
        synchronized (lock) {
            for (int i = offset; text != null && i < offset + length; i++) {
                if (text[i] == '\n' || line.length() == LINE_LIMIT) {
                    flush();
                } else if (text[i] != '\r') {
                    line.append(text[i]);
                }
            }
        }
    }

    /** Derby tells its starts and stops and its failures in one voice; those that matter reach the caller as well. */
    @Override
    public void flush() {
        synchronized (lock) {
            if (shared) {
                log.debug("{}", line);
            } else if (!line.toString().isBlank()) {
                log.info("{}", line);
            }
            line.setLength(0);
        }
    }

    @Override
    public void close() {
        flush();
        DriverManager.setLogWriter(null);
        System.clearProperty(METHOD);
        System.clearProperty(HOME);
    }
}
