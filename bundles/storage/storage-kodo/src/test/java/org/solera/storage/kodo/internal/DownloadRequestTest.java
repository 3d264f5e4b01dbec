// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solera.platform.api.SoleraException;

final class DownloadRequestTest {
    @Test
    void readsEveryPartOfAnAddress() throws Exception {
        DownloadRequest request = DownloadRequest.parse(
                "/photos/a%20b/../c+d.jpg?imageMogr2/thumbnail/!50p%7CimageInfo&attname=x%E4%BD%A0.jpg&e=12&token=AK%3Ayz%3D");

        assertEquals("photos", request.object().bucket().value());
        assertEquals("a b/../c+d.jpg", request.object().key());
        assertEquals(Optional.of("imageMogr2/thumbnail/!50p|imageInfo"), request.operations());
        assertEquals(Optional.of("x你.jpg"), request.attachment());
        assertEquals("12", request.deadline());
        assertEquals("AK:yz=", request.token());
        assertEquals(
                "/photos/a%20b/../c+d.jpg?imageMogr2/thumbnail/!50p%7CimageInfo&attname=x%E4%BD%A0.jpg&e=12",
                request.signed());
    }

    @Test
    void tellsOperationsFromParameters() throws Exception {
        assertEquals(
                Optional.of("imageInfo"),
                DownloadRequest.parse("/abc/k?imageInfo").operations());
        assertEquals(
                Optional.of("watermark/1/text/YQ=="),
                DownloadRequest.parse("/abc/k?watermark/1/text/YQ==").operations());
        assertTrue(DownloadRequest.parse("/abc/k?v=1/2").operations().isEmpty());
        assertTrue(DownloadRequest.parse("/abc/k").operations().isEmpty());
        assertEquals("/abc/k", DownloadRequest.parse("/abc/k?token=x").signed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/abc",
                "/abc/",
                "abc/k",
                "*",
                "http://h/abc/k",
                "/ABC/k",
                "/../etc/passwd",
                "/abc/%",
                "/abc/%1",
                "/abc/%zz",
                "/abc/%ff",
                "/abc/%00",
                "/abc/a b",
                "/a%2fb/k",
                "/abc/k?imageInfo%",
                "/abc/k?e=1&token=a:b&imageInfo"
            })
    void refusesMalformedAddresses(String target) {
        SoleraException refused = assertThrows(SoleraException.class, () -> DownloadRequest.parse(target));
        assertEquals(400, KodoErrors.status(refused), refused.explain());
    }

    @Test
    void refusesKeysThatAreTooLong() {
        assertThrows(SoleraException.class, () -> DownloadRequest.parse("/abc/" + "k".repeat(1025)));
    }
}
