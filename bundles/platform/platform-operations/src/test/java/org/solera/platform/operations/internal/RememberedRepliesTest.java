// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.operations.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Replies.Claim;
import org.solera.platform.api.operations.Replies.Reply;

class RememberedRepliesTest {
    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private final RememberedReplies replies = new RememberedReplies(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private Claim.Fresh fresh(String who, String key, String fingerprint) throws SoleraException {
        return assertInstanceOf(Claim.Fresh.class, replies.claim(who, key, fingerprint));
    }

    private void answer(String who, String key, int bytes) throws SoleraException {
        try (Claim.Fresh claim = fresh(who, key, "f")) {
            claim.answered(new Reply(201, Map.of("Location", "/x"), new byte[bytes]));
        }
    }

    private Object refusal(String who, String key, String fingerprint) {
        return assertThrows(SoleraException.class, () -> replies.claim(who, key, fingerprint))
                .code();
    }

    @Test
    void answersTheSameRequestAgain() throws SoleraException {
        answer("ann", "k", 3);
        Claim.Known known = assertInstanceOf(Claim.Known.class, replies.claim("ann", "k", "f"));
        assertEquals(201, known.reply().status());
        assertArrayEquals(new byte[3], known.reply().body());
    }

    @Test
    void refusesAnotherRequestUnderTheSameKeyAndOneThatIsUnderWay() throws SoleraException {
        answer("ann", "k", 3);
        assertEquals(PlatformError.CONFLICT, refusal("ann", "k", "g"));
        try (Claim.Fresh underWay = fresh("ann", "l", "f")) {
            assertEquals(PlatformError.CONFLICT, refusal("ann", "l", "f"));
        }
    }

    @Test
    void forgetsARequestThatFailed() throws SoleraException {
        fresh("ann", "k", "f").close();
        fresh("ann", "k", "other").close();
    }

    @Test
    void keepsThePeopleApart() throws SoleraException {
        answer("ann", "k", 3);
        fresh("bob", "k", "f").close();
    }

    @Test
    void forgetsAfterADay() throws SoleraException {
        answer("ann", "k", 3);
        now = now.plus(Duration.ofHours(24)).plusSeconds(1);
        fresh("ann", "k", "other").close();
        assertEquals(0, replies.keys());
        assertEquals(0, replies.bytes());
    }

    @Test
    void staysWithinItsBounds() throws SoleraException {
        for (int n = 0; n < RememberedReplies.MOST_KEYS + 10; n++) {
            answer("ann", "k" + n, 1);
        }
        assertEquals(RememberedReplies.MOST_KEYS, replies.keys());
        for (int n = 0; n < 40; n++) {
            answer("bob", "k" + n, 1 << 20);
        }
        assertTrue(replies.bytes() <= RememberedReplies.MOST_BYTES);
        assertInstanceOf(Claim.Known.class, replies.claim("bob", "k39", "f"));
        fresh("bob", "k0", "f").close();
    }

    @Test
    void refusesKeysThatAreNone() {
        assertEquals(PlatformError.INVALID_REQUEST, refusal("ann", "", "f"));
        assertEquals(PlatformError.INVALID_REQUEST, refusal("ann", "k".repeat(129), "f"));
        assertEquals(PlatformError.INVALID_REQUEST, refusal("ann", "a b", "f"));
    }
}
