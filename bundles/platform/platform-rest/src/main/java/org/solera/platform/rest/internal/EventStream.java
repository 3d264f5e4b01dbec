// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.SoleraException;
import org.solera.platform.net.api.DetachedAnswer;

/**
 * One browser that watches. At most {@value #WAITING} events wait for it: a newer state of the same thing replaces the older
 * one, and when there are too many different things the oldest are dropped and the browser is told that some were lost.
 * Thread-safe.
 */
final class EventStream {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** The most events that wait. */
    static final int WAITING = 512;

    private static final int PIECE = 32 << 10;
    private static final byte[] LOST = "event: lost\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

    /** One event as it is sent. */
    record Line(long id, String topic, String key, byte[] bytes) {}

    /** {@return whether whoever opened the stream may still watch} */
    interface Standing {
        boolean holds() throws SoleraException;
    }

    private final DetachedAnswer answer;
    private final Set<String> topics;
    private final Standing standing;
    private final Map<String, Line> waiting = new LinkedHashMap<>(); // guarded by this
    private boolean lost; // guarded by this

    /** @param topics what is watched; empty: everything */
    EventStream(DetachedAnswer answer, Set<String> topics, Standing standing) {
        this.answer = answer;
        this.topics = topics;
        this.standing = standing;
        answer.onRoom(this::flush);
    }

    /** Puts an event into the queue; {@link #flush} sends it. */
    synchronized void put(Line line) {
        if (!topics.isEmpty() && !topics.contains(line.topic())) {
            return;
        }
        String thing = line.topic() + ' ' + line.key();
        waiting.remove(thing); // the newer one goes to the end, so that ids grow
        waiting.put(thing, line);
        if (waiting.size() > WAITING) {
            Iterator<Line> oldest = waiting.values().iterator();
            oldest.next();
            oldest.remove();
            lost = true;
        }
    }

    /** Tells the browser that it missed something. */
    synchronized void lost() {
        lost = true;
    }

    /** Sends what waits, as far as the browser takes it. Never blocks. */
    synchronized void flush() {
        try {
            while (lost || !waiting.isEmpty()) {
                ByteArrayOutputStream piece = new ByteArrayOutputStream(1 << 10);
                if (lost) {
                    piece.writeBytes(LOST);
                }
                int lines = 0;
                for (Line line : waiting.values()) {
                    if (piece.size() > 0 && piece.size() + line.bytes().length > PIECE) {
                        break;
                    }
                    piece.writeBytes(line.bytes());
                    lines++;
                }
                if (!answer.offer(piece.toByteArray())) {
                    return;
                }
                lost = false;
                Iterator<Line> sent = waiting.values().iterator();
                for (int i = 0; i < lines; i++) {
                    sent.next();
                    sent.remove();
                }
            }
        } catch (IOException gone) {
            log.debug("A browser that watched is gone.", gone);
        }
    }

    /** Keeps the connection alive, and ends it when whoever opened it may not watch any more. */
    void beat() {
        try {
            if (standing.holds()) {
                answer.offer(":\n\n".getBytes(StandardCharsets.UTF_8));
            } else {
                end();
            }
        } catch (SoleraException unknown) {
            log.debug("Whether a browser may still watch is not known at the moment.", unknown);
        } catch (IOException gone) {
            log.debug("A browser that watched is gone.", gone);
        }
    }

    /** Ends the stream; the browser opens it anew. */
    void end() {
        answer.close();
    }
}
