// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditRecord;

/**
 * The line of a record. One object a line, keys always in this order, no space, microseconds of UTC:
 *
 * <pre>
 * {"sequence":12,"time":"2026-01-02T03:04:05.678901Z","outcome":"done","action":"users.create","who":"anna",
 *  "target":"/api/v1/users/people","origin":"10.0.0.7","channel":"rest","begun":11,"code":"","message":"",
 *  "details":{"status":"201"},"previous":"(64 digits)","hash":"(64 digits)"}\n
 *  |------------------------- SHA-256 over this is the hash ----------------|
 * </pre>
 *
 * The text of {@code previous} is the hash of the record before; the hash covers it, so that records form a chain.
 */
final class Lines {
    /** The hash before the first record. */
    static final String NO_HASH = "0".repeat(64);

    /** The longest line with its end, in bytes; {@link Clean} keeps records below. */
    static final int LONGEST = 64 * 1024;

    private static final byte[] START = "{\"sequence\":".getBytes(ISO_8859_1);
    private static final byte[] TIME = ",\"time\":\"".getBytes(ISO_8859_1);
    private static final byte[] OUTCOME = "\",\"outcome\":\"".getBytes(ISO_8859_1);
    private static final byte[] PREVIOUS = ",\"previous\":\"".getBytes(ISO_8859_1);
    private static final byte[] HASH = "\",\"hash\":\"".getBytes(ISO_8859_1);
    private static final byte[] END = "\"}".getBytes(ISO_8859_1);
    private static final int TIME_LENGTH = 27;

    /** From the quote behind {@code previous} to the end, without the line feed. */
    private static final int UNHASHED = HASH.length - 1 + 64 + END.length;

    private static final int SHORTEST = START.length + PREVIOUS.length + 64 + 1 + UNHASHED;
    private static final DateTimeFormatter TIMES = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Lines() {}

    /** What a record says beside its place in the chain. */
    record Body(AuditEvent event, String outcome, @Nullable Long begun, String code, String message) {}

    /** A line as bytes, with its line feed, and its hash. */
    record Encoded(byte[] bytes, String hash) {}

    /** {@return a new digest} Every Java has this one. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Java has no SHA-256.", impossible);
        }
    }

    static String time(Instant time) {
        return TIMES.format(time);
    }

    static Encoded encode(long sequence, Instant time, Body body, String previous, MessageDigest digest) {
        AuditEvent event = body.event();
        StringBuilder line = new StringBuilder(512);
        line.append("{\"sequence\":").append(sequence);
        line.append(",\"time\":\"").append(time(time)).append('"');
        text(line, "outcome", body.outcome());
        text(line, "action", event.action());
        text(line, "who", event.who());
        text(line, "target", event.target());
        text(line, "origin", event.origin());
        text(line, "channel", event.channel());
        line.append(",\"begun\":").append(body.begun());
        text(line, "code", body.code());
        text(line, "message", body.message());
        line.append(",\"details\":{");
        String comma = "";
        for (Map.Entry<String, String> each : new TreeMap<>(event.details()).entrySet()) {
            line.append(comma);
            Json.quote(line, each.getKey());
            line.append(':');
            Json.quote(line, each.getValue());
            comma = ",";
        }
        line.append('}');
        text(line, "previous", previous);
        byte[] hashed = line.toString().getBytes(UTF_8);
        String hash = HexFormat.of().formatHex(digest.digest(hashed));
        byte[] bytes = new byte[hashed.length + UNHASHED + 1];
        System.arraycopy(hashed, 0, bytes, 0, hashed.length);
        byte[] rest = (",\"hash\":\"" + hash + "\"}\n").getBytes(ISO_8859_1);
        System.arraycopy(rest, 0, bytes, hashed.length, rest.length);
        return new Encoded(bytes, hash);
    }

    private static void text(StringBuilder line, String key, String value) {
        line.append(",\"").append(key).append("\":");
        Json.quote(line, value);
    }

    /** A line as it lies in a buffer, without its line feed. Reads only what the chain needs. */
    record View(byte[] buffer, int from, int length) {
        /** {@return whether the frame is that of a record and the hash is that of the bytes} */
        boolean intact(MessageDigest digest) {
            if (length < SHORTEST || !framed()) {
                return false;
            }
            digest.update(buffer, from, length - UNHASHED);
            byte[] hash = digest.digest();
            int at = from + length - END.length - 64;
            for (byte each : hash) {
                if (buffer[at] != digit(each >> 4) || buffer[at + 1] != digit(each)) {
                    return false;
                }
                at += 2;
            }
            return true;
        }

        private boolean framed() {
            int hashAt = from + length - END.length - 64 - HASH.length;
            int timeAt = from + START.length + digits();
            return at(from, START)
                    && digits() > 0
                    && digits() <= 18
                    && at(timeAt, TIME)
                    && at(timeAt + TIME.length + TIME_LENGTH, OUTCOME)
                    && at(hashAt, HASH)
                    && at(hashAt - 64 - PREVIOUS.length, PREVIOUS)
                    && at(from + length - END.length, END);
        }

        private boolean at(int where, byte[] expected) {
            return where >= from
                    && where + expected.length <= from + length
                    && Arrays.equals(buffer, where, where + expected.length, expected, 0, expected.length);
        }

        private int digits() {
            int at = from + START.length;
            while (at < from + length && buffer[at] >= '0' && buffer[at] <= '9') {
                at++;
            }
            return at - from - START.length;
        }

        /** {@return the number of an intact line} */
        long sequence() {
            long number = 0;
            for (int i = 0, at = from + START.length; i < digits(); i++, at++) {
                number = number * 10 + (buffer[at] - '0');
            }
            return number;
        }

        /** {@return when an intact line was written, as text: sorts as the times do} */
        String time() {
            return new String(buffer, from + START.length + digits() + TIME.length, TIME_LENGTH, ISO_8859_1);
        }

        /** {@return what follows the time of an intact line begins like this} */
        boolean saysFirst(byte[] beginning) {
            return at(from + START.length + digits() + TIME.length + TIME_LENGTH, beginning);
        }

        boolean previousIs(String hash) {
            return at(from + length - END.length - 64 - HASH.length - 64, hash.getBytes(ISO_8859_1));
        }

        String hash() {
            return new String(buffer, from + length - END.length - 64, 64, ISO_8859_1);
        }

        /**
         * Reads all of the line.
         *
         * @throws IllegalArgumentException if it is no record
         */
        AuditRecord record() {
            Map<String, @Nullable Object> all = Json.object(new String(buffer, from, length, UTF_8));
            if (!(all.get("details") instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("The line has no details.");
            }
            Map<String, String> details = new TreeMap<>();
            map.forEach((key, value) -> details.put(String.valueOf(key), String.valueOf(value)));
            return new AuditRecord(
                    sequence(),
                    Instant.parse(text(all, "time")),
                    new AuditEvent(
                            text(all, "who"),
                            text(all, "action"),
                            text(all, "target"),
                            text(all, "origin"),
                            text(all, "channel"),
                            details),
                    text(all, "outcome"),
                    all.get("begun") instanceof Long begun ? begun : null,
                    text(all, "code"),
                    text(all, "message"),
                    text(all, "hash"));
        }

        private static byte digit(int nibble) {
            int value = nibble & 15;
            return (byte) (value < 10 ? '0' + value : 'a' + value - 10);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    static String text(Map<String, @Nullable Object> object, String key) {
        if (object.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("There is no text %s.".formatted(key));
    }

    static long number(Map<String, @Nullable Object> object, String key) {
        if (object.get(key) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("There is no number %s.".formatted(key));
    }
}
