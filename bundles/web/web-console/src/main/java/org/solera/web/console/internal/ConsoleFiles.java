// SPDX-License-Identifier: Apache-2.0
package org.solera.web.console.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.osgi.framework.Bundle;

/**
 * The built console, read from the bundle when it starts (about 2 MiB) so that a request never touches a bundle that is on
 * its way out. Immutable.
 */
final class ConsoleFiles {
    private static final String ROOT = "console";
    private static final String PLACEHOLDER = "solera-nonce";
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8");

    /**
     * A file whose name holds a hash of its content.
     *
     * @param type media type
     * @param brotli its content, compressed
     * @param gzip its content, compressed
     */
    record Asset(String type, byte[] brotli, byte[] gzip) {
        /** {@return its content, for the rare client that takes no compression} */
        byte[] plain() throws IOException {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
                return in.readAllBytes();
            }
        }
    }

    private final Map<String, Asset> assets;
    private final String before;
    private final String after;
    private final String tag;

    private ConsoleFiles(Map<String, Asset> assets, String page) {
        this.assets = Map.copyOf(assets);
        int place = page.indexOf(PLACEHOLDER);
        if (place < 0) {
            throw new IllegalStateException(
                    "The start page has no place for the nonce; the console was not built whole.");
        }
        this.before = page.substring(0, place);
        this.after = page.substring(place + PLACEHOLDER.length());
        this.tag = "W/\"" + hash(page) + "\"";
    }

    /** Reads the files of a bundle. */
    static ConsoleFiles of(Bundle bundle) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        var entries = bundle.findEntries(ROOT, "*", true);
        for (URL entry : entries == null ? Collections.<URL>emptyList() : Collections.list(entries)) {
            String path = entry.getPath();
            if (!path.endsWith("/")) {
                try (InputStream in = entry.openStream()) {
                    found.put(path.substring(path.indexOf(ROOT + "/") + ROOT.length()), in.readAllBytes());
                }
            }
        }
        return of(found);
    }

    /** @param found content by path, {@code /assets/x.js.br}; the start page as {@code /index.html} */
    static ConsoleFiles of(Map<String, byte[]> found) {
        byte[] page = found.get("/index.html");
        if (page == null) {
            throw new IllegalStateException("The start page is missing; the console was not built.");
        }
        Map<String, Asset> assets = new HashMap<>();
        found.forEach((path, brotli) -> {
            String name = path.endsWith(".br") ? path.substring(0, path.length() - 3) : "";
            byte[] gzip = found.get(name + ".gz");
            if (gzip != null) {
                String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
                assets.put(name, new Asset(type == null ? "application/octet-stream" : type, brotli, gzip));
            }
        });
        return new ConsoleFiles(assets, new String(page, StandardCharsets.UTF_8));
    }

    Optional<Asset> asset(String path) {
        return Optional.ofNullable(assets.get(path));
    }

    int count() {
        return assets.size();
    }

    /** {@return the start page, whose styles carry this nonce} */
    byte[] page(String nonce) {
        return (before + nonce + after).getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the entity tag of the start page, whatever its nonce} */
    String tag() {
        return tag;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, 22);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256.", impossible);
        }
    }
}
