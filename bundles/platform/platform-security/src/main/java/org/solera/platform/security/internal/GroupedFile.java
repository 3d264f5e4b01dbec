// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sealed file that many threads save at once: whoever saves while another writes shares the next write. What could not
 * be written is deleted, because it holds what is no longer so. <b>Thread-safety:</b> thread-safe.
 */
final class GroupedFile {
    /** Gives what there is now. */
    @FunctionalInterface
    interface Content {
        byte[] now() throws IOException;
    }

    private static final Logger log = LoggerFactory.getLogger(GroupedFile.class);

    private final SealedFile file;
    private final String what;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong wanted = new AtomicLong();
    private long written; // guarded by writing
    private volatile String problem = "";

    /** @param what what it holds, for people */
    GroupedFile(SealedFile file, String what) {
        this.file = file;
        this.what = what;
    }

    /** {@return why the last write failed; empty when it did not} */
    String problem() {
        return problem;
    }

    Optional<byte[]> read() throws IOException {
        return file.read();
    }

    /** Writes what there is now, or waits for a write that began after this call; {@return whether it is on disk} */
    boolean save(Content content) {
        long mine = wanted.incrementAndGet();
        writing.lock();
        try {
            if (written >= mine) {
                return problem.isEmpty();
            }
            written = wanted.get();
            file.write(content.now());
            problem = "";
            return true;
        } catch (IOException failure) {
            problem = Objects.toString(failure.getMessage(), failure.toString());
            log.warn("{} could not be written; the file is deleted and written again later.", what, failure);
            forget();
            return false;
        } finally {
            writing.unlock();
        }
    }

    /** Takes the file away, so that no start uses it. */
    void forget() {
        writing.lock();
        try {
            file.delete();
        } catch (IOException failure) {
            log.warn("{} could not be deleted.", what, failure);
        } finally {
            writing.unlock();
        }
    }
}
