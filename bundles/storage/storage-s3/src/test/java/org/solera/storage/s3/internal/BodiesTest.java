// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {
    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({
        "crc32, y/Q5Jg==",
        "crc32c, 4waSgw==",
        "crc64nvme, rosUhgp5mIg=",
        "sha1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
        "sha256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
    })
    void computesTheKnownChecksums(String algorithm, String base64) {
        BodyChecksum checksum =
                BodyChecksum.ofHeader("x-amz-checksum-" + algorithm).orElseThrow();
        byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
        checksum.update(bytes, 0, 9);
        assertEquals(base64, checksum.base64());
        assertTrue(checksum.isForm(checksum.base64()));
    }

    @Test
    void readsChunksAndVerifiesTheTrailer() throws IOException {
        ChunkedBody chunks = new ChunkedBody(
                stream("4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n"), null, true);
        BodyChecksum checksum = BodyChecksum.ofHeader("x-amz-checksum-crc32").orElseThrow();
        VerifiedBody body = new VerifiedBody(chunks, checksum, () -> chunks.trailer("x-amz-checksum-crc32"));
        assertEquals("123456789", new String(body.readAllBytes(), StandardCharsets.US_ASCII));
    }

    @Test
    void refusesAWrongTrailerAndAMissingOne() {
        for (String trailer : new String[] {"x-amz-checksum-crc32:AAAAAA==\r\n", ""}) {
            ChunkedBody chunks = new ChunkedBody(stream("4\r\n1234\r\n0\r\n" + trailer + "\r\n"), null, true);
            BodyChecksum checksum =
                    BodyChecksum.ofHeader("x-amz-checksum-crc32").orElseThrow();
            VerifiedBody body = new VerifiedBody(chunks, checksum, () -> chunks.trailer("x-amz-checksum-crc32"));
            BodyRefusedException refused = assertThrows(BodyRefusedException.class, body::readAllBytes);
            assertEquals(trailer.isEmpty() ? S3Error.INVALID_REQUEST : S3Error.BAD_DIGEST, refused.error());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zz\r\n",
                "-1\r\n",
                "fffffffffff\r\n",
                "5\r\n12",
                "2\r\n1234\r\n0\r\n\r\n",
                "0\r\nx:y\r\n\r\n",
                "1;chunk-signature=a\r\n12\r\n"
            })
    void refusesBrokenChunks(String wire) {
        ChunkedBody chunks = new ChunkedBody(stream(wire), null, false);
        assertThrows(BodyRefusedException.class, chunks::readAllBytes);
    }

    @Test
    void readsTheDocumentOfADelete() throws S3Exception {
        XmlReader.Document document = XmlReader.read(
                stream("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Quiet>true</Quiet>"
                        + "<Object><Key>a &amp; b</Key></Object><Object><Key> c</Key></Object></Delete>"),
                "Delete",
                "Object",
                2);
        assertEquals("true", document.fields().get("Quiet"));
        assertEquals("a & b", document.records().get(0).get("Key"));
        assertEquals(" c", document.records().get(1).get("Key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<Delete>",
                "<Other/>",
                "<!DOCTYPE Delete [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Delete><Object><Key>&x;</Key></Object></Delete>",
                "<Delete><Object/><Object/><Object/></Delete>"
            })
    void refusesHostileDocuments(String text) {
        S3Exception refused =
                assertThrows(S3Exception.class, () -> XmlReader.read(stream(text), "Delete", "Object", 2));
        assertEquals(S3Error.MALFORMED_XML, refused.error());
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 0, 10",
        "bytes=90-, 90, 10",
        "bytes=-5, 95, 5",
        "bytes=-500, 0, 100",
        "bytes=50-1000, 50, 50"
    })
    void understandsRanges(String header, long first, long length) throws S3Exception {
        assertEquals(Optional.of(new ByteRange(first, length)), ByteRange.parse(header, 100));
    }

    @Test
    void ignoresOrRefusesOtherRanges() throws S3Exception {
        for (String ignored : new String[] {"bytes=5-1", "bytes=0-1,3-4", "lines=1-2", "bytes=-"}) {
            assertEquals(Optional.empty(), ByteRange.parse(ignored, 100), ignored);
        }
        assertThrows(S3Exception.class, () -> ByteRange.parse("bytes=100-", 100));
        assertThrows(S3Exception.class, () -> ByteRange.parse("bytes=-0", 100));
    }

    @Test
    void keepsDotsAndSlashesOfKeys() throws S3Exception {
        Target target = Target.parse("/photos/../a//b%2F%E5%9B%BE+%2B?prefix=a%20b+c&acl", "host:9000", "");
        assertEquals("photos", target.bucket());
        assertEquals("../a//b/图++", target.key());
        assertEquals("a b c", target.get("prefix"));
        assertTrue(target.has("acl"));
        Target virtual = Target.parse("/key", "photos.s3.example.com:9000", "s3.example.com");
        assertEquals("photos", virtual.bucket());
        assertEquals("key", virtual.key());
        for (String broken : new String[] {"/a/%", "/a/%zz", "/a/%ff", "no-slash", "/a?x=1&x=2"}) {
            assertThrows(S3Exception.class, () -> Target.parse(broken, "host", ""), broken);
        }
    }
}
