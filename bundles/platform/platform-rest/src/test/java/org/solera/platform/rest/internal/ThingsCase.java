// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server with {@link Things} in it, started for each test. */
abstract class ThingsCase {
    final FakeServices people = new FakeServices();
    final Things things = new Things();
    RestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws LifecycleException {
        server = new RestServer(folder, people.services, "storage", things);
    }

    @AfterEach
    void stop() throws LifecycleException {
        server.close();
    }

    final FakeExchange get(String who, String path) throws IOException {
        return server.ask(who, RestServer.request("GET", "/api/v1/storage/things" + path, ""));
    }

    final FakeExchange post(String who, String body) throws IOException {
        return server.ask(who, RestServer.request("POST", "/api/v1/storage/things", body));
    }

    static String wish(String what) {
        return "{\"what\":\"%s\",\"inner\":[]}".formatted(what);
    }
}
