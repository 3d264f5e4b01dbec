// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SigV4Test {
    private static final SigV4 SIGNER =
            new SigV4("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");
    private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
    private static final String HOST = "examplebucket.s3.amazonaws.com";

    @Test
    void signsThePublishedExampleOfAGet() {
        Map<String, String> headers = SIGNER.sign(
                "GET",
                "/test.txt",
                Map.of(),
                Map.of("Host", HOST, "Range", "bytes=0-9"),
                Digests.sha256(new byte[0]),
                NOW);
        assertTrue(
                headers.get("authorization")
                        .endsWith("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
                headers.get("authorization"));
    }

    @Test
    void signsThePublishedExampleOfAPut() {
        Map<String, String> headers = SIGNER.sign(
                "PUT",
                "/test$file.text",
                Map.of(),
                Map.of(
                        "Host", HOST,
                        "Date", "Fri, 24 May 2013 00:00:00 GMT",
                        "x-amz-storage-class", "REDUCED_REDUNDANCY"),
                Digests.sha256("Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8)),
                NOW);
        assertTrue(
                headers.get("authorization")
                        .endsWith("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
                headers.get("authorization"));
    }

    @Test
    void presignsThePublishedExample() {
        String target = SIGNER.presign("GET", HOST, "/test.txt", 86_400, NOW);
        assertTrue(target.endsWith("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"), target);
    }

    @Test
    void encodesEveryByteOutsideTheUnreservedOnes() {
        assertEquals("/a%20b/%C3%A4%2B%25~", SigV4.encodePath("/a b/ä+%~"));
    }
}
