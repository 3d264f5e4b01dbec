// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.live.LiveEvent;

/**
 * Passes events to those who watch and keeps the last {@value #KEPT} for those who come back. Publishers are never held up:
 * they put into a queue of {@value #INBOX} things, in which a newer state replaces the older one. Thread-safe; {@link #pass}
 * runs on one thread.
 */
final class EventHub {
    private static final Logger log = LoggerFactory.getLogger(EventHub.class);
    private static final Pattern TOPIC = Pattern.compile("[a-z][a-z0-9._-]{0,63}");
    private static final int KEPT = 1_000;
    private static final int INBOX = 2_048;
    private static final int LARGEST = 64 << 10;

    private final ObjectMapper json = ModuleApplication.json();
    private final Runnable wake;
    private final Set<EventStream> streams = new CopyOnWriteArraySet<>();
    private final Map<String, LiveEvent> inbox = new LinkedHashMap<>(); // guarded by inbox
    private final Deque<EventStream.Line> kept = new ArrayDeque<>(); // guarded by this
    private long lastId; // guarded by this

    /**
     * @param firstId greater than any id of a hub before this one
     * @param wake asks for {@link #pass} soon; called when the inbox gets its first event
     */
    EventHub(long firstId, Runnable wake) {
        this.lastId = firstId;
        this.wake = wake;
    }

    /** Takes an event from its publisher. Never blocks. */
    void accept(LiveEvent event) {
        boolean first;
        synchronized (inbox) {
            first = inbox.isEmpty();
            if (inbox.size() < INBOX || inbox.containsKey(thing(event))) {
                inbox.put(thing(event), event);
            }
        }
        if (first) {
            wake.run();
        }
    }

    private static String thing(LiveEvent event) {
        return event.topic() + ' ' + event.key();
    }

    /** Passes what the inbox holds to all streams. */
    void pass() {
        List<LiveEvent> events;
        synchronized (inbox) {
            events = List.copyOf(inbox.values());
            inbox.clear();
        }
        if (events.isEmpty()) {
            return;
        }
        synchronized (this) {
            for (LiveEvent event : events) {
                keep(event);
            }
        }
        streams.forEach(EventStream::flush);
    }

    /** Within the lock, so that a stream that joins gets each event once: from what is kept or from here. */
    private void keep(LiveEvent event) {
        byte[] bytes = text(lastId + 1, event);
        if (bytes.length == 0) {
            return;
        }
        EventStream.Line line = new EventStream.Line(++lastId, event.topic(), event.key(), bytes);
        kept.addLast(line);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        streams.forEach(stream -> stream.put(line));
    }

    private byte[] text(long id, LiveEvent event) {
        if (!TOPIC.matcher(event.topic()).matches()) {
            log.warn("An event of the topic '{}' is not passed on: this is no name.", event.topic());
            return new byte[0];
        }
        try {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("key", event.key());
            data.put("state", event.state());
            byte[] text = ("id: " + id + "\nevent: " + event.topic() + "\ndata: " + json.writeValueAsString(data)
                            + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            if (text.length <= LARGEST) {
                return text;
            }
            log.warn("An event of the topic {} has {} bytes and is not passed on.", event.topic(), text.length);
        } catch (JsonProcessingException odd) {
            log.warn("An event of the topic {} cannot be told as JSON.", event.topic(), odd);
        }
        return new byte[0];
    }

    /**
     * Adds a stream.
     *
     * @param after id of the last event that the browser got; -1 if it comes for the first time
     */
    synchronized void join(EventStream stream, long after) {
        if (after >= 0) {
            EventStream.Line oldest = kept.peekFirst();
            long firstMissing = after + 1;
            if (firstMissing < (oldest == null ? lastId + 1 : oldest.id())) {
                stream.lost();
            }
            List<EventStream.Line> missed = new ArrayList<>(kept);
            missed.stream().filter(line -> line.id() > after).forEach(stream::put);
        }
        streams.add(stream);
    }

    void leave(EventStream stream) {
        streams.remove(stream);
    }

    Set<EventStream> streams() {
        return streams;
    }
}
