// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a segment.
 *
 * <pre>
 * {"magic":"solera-audit","version":"1.0","segment":3,"first":9000,"previous":"(64 digits)","opened":"…",
 *  "open":[8990],"earliest":"…","latest":"…","signature":"(Base64)"}\n
 *  |------------ Ed25519 over this ----------|
 * </pre>
 *
 * @param segment number of the segment, as in its file name
 * @param first sequence of its first record
 * @param previous hash of the record before that
 * @param opened when the segment was begun
 * @param open wishes that had no outcome then
 * @param earliest least time in the segment before; empty for none
 * @param latest greatest time in the segment before; empty for none
 */
record SegmentHead(
        long segment, long first, String previous, String opened, List<Long> open, String earliest, String latest) {
    private static final String SIGNATURE = ",\"signature\":\"";

    SegmentHead {
        open = List.copyOf(open);
    }

    byte[] encode(BoxKey key) {
        String signed =
                ("{\"magic\":\"solera-audit\",\"version\":\"1.0\",\"segment\":%d,\"first\":%d,\"previous\":\"%s\","
                                + "\"opened\":\"%s\",\"open\":[%s],\"earliest\":\"%s\",\"latest\":\"%s\"")
                        .formatted(
                                segment,
                                first,
                                previous,
                                opened,
                                open.stream().map(String::valueOf).collect(Collectors.joining(",")),
                                earliest,
                                latest);
        return (signed + SIGNATURE + key.sign(signed.getBytes(UTF_8)) + "\"}\n").getBytes(UTF_8);
    }

    /**
     * Reads the line, without its line feed.
     *
     * @throws IllegalArgumentException if it is not the head of a segment of this major version
     */
    static SegmentHead parse(String line) {
        Map<String, @Nullable Object> all = Json.object(line);
        if (!Lines.text(all, "magic").equals("solera-audit")
                || !Lines.text(all, "version").startsWith("1.")) {
            throw new IllegalArgumentException("Not a segment of the audit that this version reads.");
        }
        List<Long> open = new ArrayList<>();
        if (all.get("open") instanceof List<?> list) {
            list.forEach(each -> {
                if (each instanceof Long number) {
                    open.add(number);
                }
            });
        }
        return new SegmentHead(
                Lines.number(all, "segment"),
                Lines.number(all, "first"),
                Lines.text(all, "previous"),
                Lines.text(all, "opened"),
                open,
                Lines.text(all, "earliest"),
                Lines.text(all, "latest"));
    }

    /** {@return whether a line carries the signature of this box} */
    static boolean signed(String line, BoxKey key) {
        int at = line.lastIndexOf(SIGNATURE);
        return at > 0
                && line.endsWith("\"}")
                && key.verifies(
                        line.substring(0, at).getBytes(UTF_8),
                        line.substring(at + SIGNATURE.length(), line.length() - 2));
    }
}
