// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Program;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;

/** The console in a real browser: every page in both languages, and what people do with it. Needs Node and Chromium. */
@ExtendWith(SharedAppliance.class)
class ConsoleIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SUITE_LIMIT = Duration.ofMinutes(6);
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

    private static HttpReply get(ApplianceBox box, String path, Map<String, String> headers) throws IOException {
        try (HttpConnection connection = new HttpConnection(ApplianceBox.HOST, box.restPort(), true, LIMIT)) {
            return connection.exchange("GET", path, headers, new byte[0]);
        }
    }

    @Test
    @Timeout(400)
    void everyPageWorksInABrowserAndNothingSeriousIsFound(ApplianceBox box) throws IOException, InterruptedException {
        Path suite = Workplace.repository().resolve("bundles/web/web-console/src/test/e2e/run.mjs");
        Program.Result result = Program.named("node")
                .arguments(
                        suite.toString(),
                        "--base",
                        "https://" + ApplianceBox.HOST + ":" + box.restPort(),
                        "--user",
                        "admin",
                        "--password",
                        box.credentials().password())
                .run(SUITE_LIMIT);
        assertEquals(0, result.exitCode(), result.output());
    }

    @Test
    void theStartPageAllowsItsOwnScriptsOnly(ApplianceBox box) throws IOException {
        HttpReply page = get(box, "/", Map.of("Accept", "text/html"));
        assertEquals(200, page.status(), page.text());
        String policy = page.header("content-security-policy");
        assertTrue(policy.contains("default-src 'self'; script-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals("no-cache", page.header("cache-control"));
    }

    @Test
    void scriptsAreKeptForEverAndSentCompressed(ApplianceBox box) throws IOException {
        Matcher script =
                SCRIPT.matcher(get(box, "/", Map.of("Accept", "text/html")).text());
        assertTrue(script.find());
        HttpReply file = get(box, script.group(1), Map.of("Accept-Encoding", "br, gzip"));
        assertEquals(200, file.status());
        assertEquals("br", file.header("content-encoding"));
        assertTrue(file.header("cache-control").contains("immutable"), file.header("cache-control"));
        HttpReply gone = get(box, "/assets/of-an-old-version.js", Map.of("Accept", "*/*"));
        assertEquals(404, gone.status());
        assertTrue(gone.text().contains("\"code\":\"NOT_FOUND\""), gone.text());
    }
}
