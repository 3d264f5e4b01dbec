// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;

final class SignedAddressTest {
    private static final String HOST = "127.0.0.1:9101";
    private static final String ADDRESS = "/photos/cat.jpg?imageView2/2/w/400&e=2000";
    private final SignedAddress addresses = new SignedAddress(Clock.fixed(Instant.ofEpochSecond(2000), ZoneOffset.UTC));

    private static String token(String secret, String address) {
        return "AK:" + Base64.getUrlEncoder().encodeToString(SignedAddress.sign(secret, address));
    }

    private void require(String target, Role role) throws Exception {
        require(target, Identity.of("someone", role));
    }

    private void require(String target, Identity owner) throws Exception {
        addresses.require(
                DownloadRequest.parse(target),
                HOST,
                id -> id.equals("AK") ? Optional.of(new AccessKey("AK", "SK", owner)) : Optional.empty());
    }

    private int statusOf(String target, String... grants) {
        Identity owner =
                new Identity("someone", Arrays.stream(grants).map(Grant::parse).collect(Collectors.toSet()));
        return KodoErrors.status(assertThrows(SoleraException.class, () -> require(target, owner)));
    }

    private int statusOf(String target, Role role) {
        return KodoErrors.status(assertThrows(SoleraException.class, () -> require(target, role)));
    }

    @Test
    void signsAsTheStandardSays() {
        // RFC 2202, test case 2
        assertEquals(
                "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
                HexFormat.of().formatHex(SignedAddress.sign("Jefe", "what do ya want for nothing?")));
    }

    @Test
    void letsInWhoSignedTheAddressWithEitherScheme() {
        String http = token("SK", "http://" + HOST + ADDRESS);
        String https = token("SK", "https://" + HOST + ADDRESS);
        assertDoesNotThrow(() -> require(ADDRESS + "&token=" + http, Role.OPERATOR));
        assertDoesNotThrow(() -> require(ADDRESS + "&token=" + https.replace("=", "%3D"), Role.VIEWER));
        assertDoesNotThrow(() -> require(ADDRESS + "&token=" + http.replace("=", ""), Role.OWNER));
    }

    @Test
    void keepsOutEverybodyElse() {
        String good = token("SK", "http://" + HOST + ADDRESS);
        assertEquals(401, statusOf(ADDRESS, Role.OWNER));
        assertEquals(401, statusOf(ADDRESS + "&token=", Role.OWNER));
        assertEquals(401, statusOf(ADDRESS + "&token=AK", Role.OWNER));
        assertEquals(401, statusOf(ADDRESS + "&token=AK:", Role.OWNER));
        assertEquals(401, statusOf(ADDRESS + "&token=AK:!!", Role.OWNER));
        assertEquals(401, statusOf(ADDRESS + "&token=" + good.replace("AK:", "other:"), Role.OWNER));
        assertEquals(401, statusOf(ADDRESS + "&token=" + token("other", "http://" + HOST + ADDRESS), Role.OWNER));
        assertEquals(401, statusOf(ADDRESS + "&token=" + token("SK", "http://other" + ADDRESS), Role.OWNER));
        assertEquals(401, statusOf(ADDRESS.replace("400", "401") + "&token=" + good, Role.OWNER));
        assertEquals(401, statusOf("/photos/cat.jpg?token=" + good, Role.OWNER));
        assertEquals(403, statusOf(ADDRESS + "&token=" + good, Role.LICENSE_ADMIN));
    }

    @Test
    void askWhatTheKeyMayReadInThisBucket() throws Exception {
        String target = ADDRESS + "&token=" + token("SK", "http://" + HOST + ADDRESS);
        assertEquals(403, statusOf(target));
        assertEquals(403, statusOf(target, "OWNER@bucket:films"));
        assertEquals(403, statusOf(target, "VIEWER@hub:photos", "LICENSE_ADMIN"));
        for (String grant : new String[] {"VIEWER@bucket:photos", "ENGINEER"}) {
            Identity owner = new Identity("someone", Set.of(Grant.parse(grant)));
            assertDoesNotThrow(() -> require(target, owner), grant);
        }
    }

    @Test
    void saysThatAnAddressHasExpired() {
        String old = ADDRESS.replace("2000", "1999");
        String target = old + "&token=" + token("SK", "http://" + HOST + old);
        SoleraException refused = assertThrows(SoleraException.class, () -> require(target, Role.OWNER));
        assertTrue(refused.getMessage().contains("expired"));
        assertTrue(KodoErrors.document(refused)
                .startsWith("{\"error\":\"The address has expired.\",\"code\":\"UNAUTHENTICATED\""));
    }
}
