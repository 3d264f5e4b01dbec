// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;

/** The published examples of signature version 4 and 2. */
class SignatureCheckTest {
    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String SCOPE = KEY + "/20130524/us-east-1/s3/aws4_request";

    private static SignatureCheck at(String instant) {
        return new SignatureCheck(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }

    private static Optional<AccessKey> find(String id) {
        return KEY.equals(id)
                ? Optional.of(new AccessKey(KEY, SECRET, Identity.of("test", Set.of(Role.OWNER))))
                : Optional.empty();
    }

    private static HttpHeaders headers(String host, String hash) {
        return new DefaultHttpHeaders()
                .set("Host", host)
                .set("x-amz-date", "20130524T000000Z")
                .set("x-amz-content-sha256", hash);
    }

    private static SignatureCheck.Verified verify(
            String method, String uri, HttpHeaders headers, String signedHeaders, String signature) throws S3Exception {
        headers.set(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + SCOPE + ",SignedHeaders=" + signedHeaders + ",Signature=" + signature);
        Target target = Target.parse(uri, headers.get("Host"), "s3.amazonaws.com");
        return at("2013-05-24T00:05:00Z").verify(method, target, headers, SignatureCheckTest::find);
    }

    @Test
    void acceptsTheExampleOfAGet() throws S3Exception {
        HttpHeaders headers = headers("examplebucket.s3.amazonaws.com", EMPTY).set("Range", "bytes=0-9");
        SignatureCheck.Verified verified = verify(
                "GET",
                "/test.txt",
                headers,
                "host;range;x-amz-content-sha256;x-amz-date",
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        assertEquals(EMPTY, verified.payload().sha256Hex());
        headers.set("Range", "bytes=0-8");
        S3Exception changed = assertThrows(
                S3Exception.class,
                () -> verify(
                        "GET",
                        "/test.txt",
                        headers,
                        "host;range;x-amz-content-sha256;x-amz-date",
                        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
        assertEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, changed.error());
    }

    @Test
    void acceptsTheExampleOfAPut() throws S3Exception {
        String hash = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
        HttpHeaders headers = headers("examplebucket.s3.amazonaws.com", hash)
                .set("Date", "Fri, 24 May 2013 00:00:00 GMT")
                .set("x-amz-storage-class", "REDUCED_REDUNDANCY");
        SignatureCheck.Verified verified = verify(
                "PUT",
                "/test%24file.text",
                headers,
                "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
        assertEquals("test", verified.identity().name());
    }

    @ParameterizedTest
    @CsvSource({
        "?lifecycle, fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "?max-keys=2&prefix=J, 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void acceptsTheExamplesWithParameters(String query, String signature) throws S3Exception {
        SignatureCheck.Verified verified = verify(
                "GET",
                "/" + query,
                headers("examplebucket.s3.amazonaws.com", EMPTY),
                "host;x-amz-content-sha256;x-amz-date",
                signature);
        assertEquals("test", verified.identity().name());
    }

    @Test
    void acceptsTheExampleOfAPresignedGetUntilItExpires() throws S3Exception {
        String uri = "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + SCOPE.replace("/", "%2F")
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
                + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        HttpHeaders headers = new DefaultHttpHeaders().set("Host", "examplebucket.s3.amazonaws.com");
        Target target = Target.parse(uri, headers.get("Host"), "s3.amazonaws.com");
        assertEquals(
                Payload.UNSIGNED,
                at("2013-05-24T23:00:00Z")
                        .verify("GET", target, headers, SignatureCheckTest::find)
                        .payload());
        S3Exception expired = assertThrows(
                S3Exception.class,
                () -> at("2013-05-25T00:00:01Z").verify("GET", target, headers, SignatureCheckTest::find));
        assertEquals(S3Error.ACCESS_DENIED, expired.error());
    }

    @Test
    void acceptsTheOldExampleOfAPresignedGet() throws S3Exception {
        String uri = "/johnsmith/photos/puppy.jpg?AWSAccessKeyId=" + KEY
                + "&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620";
        Target target = Target.parse(uri, "localhost", "");
        HttpHeaders headers = new DefaultHttpHeaders().set("Host", "localhost");
        assertEquals(
                "test",
                at("2007-03-29T03:00:00Z")
                        .verify("GET", target, headers, SignatureCheckTest::find)
                        .identity()
                        .name());
        S3Exception other = assertThrows(
                S3Exception.class,
                () -> at("2007-03-29T03:00:00Z").verify("PUT", target, headers, SignatureCheckTest::find));
        assertEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, other.error());
    }

    @Test
    void verifiesTheExampleOfAChunkedUploadChunkByChunk() throws Exception {
        byte[] content = new byte[66560];
        Arrays.fill(content, (byte) 'a');
        byte[] wire = chunkedExample(content);
        assertEquals(66824, wire.length);
        ChunkedBody body = new ChunkedBody(new ByteArrayInputStream(wire), chunkSignatures(), false);
        assertArrayEquals(content, body.readAllBytes());
        wire[70000 - 4000] ^= 1; // inside the second chunk
        ChunkedBody damaged = new ChunkedBody(new ByteArrayInputStream(wire), chunkSignatures(), false);
        BodyRefusedException refused = assertThrows(BodyRefusedException.class, damaged::readAllBytes);
        assertEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, refused.error());
    }

    private static ChunkSignatures chunkSignatures() throws S3Exception {
        HttpHeaders headers = headers("s3.amazonaws.com", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
                .set("x-amz-storage-class", "REDUCED_REDUNDANCY")
                .set("Content-Encoding", "aws-chunked")
                .set("x-amz-decoded-content-length", "66560")
                .set("Content-Length", "66824");
        SignatureCheck.Verified verified = verify(
                "PUT",
                "/examplebucket/chunkObject.txt",
                headers,
                "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;"
                        + "x-amz-storage-class",
                "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
        assertTrue(verified.payload().chunked());
        return Optional.ofNullable(verified.payload().chunks()).orElseThrow();
    }

    private static byte[] chunkedExample(byte[] content) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        line(wire, "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
        wire.write(content, 0, 65536);
        line(wire, "");
        line(wire, "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
        wire.write(content, 0, 1024);
        line(wire, "");
        line(wire, "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
        line(wire, "");
        return wire.toByteArray();
    }

    private static void line(ByteArrayOutputStream wire, String text) throws IOException {
        wire.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesARequestOfAnotherTime() {
        HttpHeaders headers = headers("localhost", EMPTY)
                .set(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + SCOPE
                                + ",SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=" + EMPTY);
        S3Exception late = assertThrows(
                S3Exception.class,
                () -> at("2013-05-24T00:15:01Z")
                        .verify("GET", Target.parse("/", "localhost", ""), headers, SignatureCheckTest::find));
        assertEquals(S3Error.REQUEST_TIME_TOO_SKEWED, late.error());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWS AKIAIOSFODNN7EXAMPLE:abc | INVALID_REQUEST",
                "Bearer abc | INVALID_REQUEST",
                "AWS4-HMAC-SHA256 | INVALID_REQUEST",
                "AWS4-HMAC-SHA256 nonsense | AUTHORIZATION_HEADER_MALFORMED",
                "AWS4-HMAC-SHA256 Credential=a/b,SignedHeaders=host,Signature=@ | AUTHORIZATION_HEADER_MALFORMED",
                "AWS4-HMAC-SHA256 Credential=#,Signature=@ | AUTHORIZATION_HEADER_MALFORMED",
                "AWS4-HMAC-SHA256 Credential=#,SignedHeaders=range,Signature=@ | AUTHORIZATION_HEADER_MALFORMED",
                "AWS4-HMAC-SHA256 Credential=#,SignedHeaders=host,Signature=zz | AUTHORIZATION_HEADER_MALFORMED",
                "AWS4-HMAC-SHA256 Credential=#,SignedHeaders=host,Signature=@,Signature=@ | AUTHORIZATION_HEADER_MALFORMED",
                "AWS4-HMAC-SHA256 Credential=#,SignedHeaders=host;a b,Signature=@ | AUTHORIZATION_HEADER_MALFORMED",
                "AWS4-HMAC-SHA256 Credential=x/20130524/a/ec2/aws4_request,SignedHeaders=host,Signature=@ | AUTHORIZATION_HEADER_MALFORMED",
                "AWS4-HMAC-SHA256 Credential=#,SignedHeaders=host,Signature=@ | ACCESS_DENIED",
                "AWS4-HMAC-SHA256 Credential=X#,SignedHeaders=host;x-amz-date;x-amz-content-sha256,Signature=@ | INVALID_ACCESS_KEY_ID",
                "AWS4-HMAC-SHA256 Credential=#,SignedHeaders=host;x-amz-date;x-amz-content-sha256,Signature=@ | SIGNATURE_DOES_NOT_MATCH",
            })
    void saysWhatIsWrongWithAHeader(String header, S3Error error) {
        HttpHeaders headers = headers("localhost", EMPTY)
                .set("Authorization", header.replace("#", SCOPE).replace("@", EMPTY));
        S3Exception refused = assertThrows(
                S3Exception.class,
                () -> at("2013-05-24T00:00:00Z")
                        .verify("GET", Target.parse("/", "localhost", ""), headers, SignatureCheckTest::find));
        assertEquals(error, refused.error(), refused.getMessage());
    }
}
