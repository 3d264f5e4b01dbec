// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.hostile;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.PrivateUrls;
import org.solera.bench.client.S3Client;

/** Wrong tokens, operations and pictures for the download port. */
final class DownloadAttacks {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration EXPIRY = Duration.ofHours(1);
    private static final Set<Integer> DENIED = Set.of(400, 401, 403);
    private static final Set<Integer> BAD = Set.of(400, 413, 415, 422);

    private final ApplianceBox box;
    private final String bucket;
    private final String photo;

    DownloadAttacks(ApplianceBox box, String bucket) {
        this.box = box;
        this.bucket = bucket;
        this.photo = "/" + bucket + "/photo.jpg";
    }

    /** Stores the hostile pictures, then {@return the cases}. */
    List<HostileCase> cases(byte[] goodPhoto) throws IOException {
        List<HostileCase> cases = new ArrayList<>();
        tokens(cases);
        for (String operation : List.of(
                "imageView2/9/w/100",
                "imageView2/2/w/-1",
                "imageView2/2/w/abc",
                "imageView2/2/w/9999999",
                "imageView2/2/w/0/h/0",
                "imageView2/2/w/100/format/exe",
                "imageView2/2/w/100/q/1000",
                "imageView2",
                "imageView2/2/w/100/surprise/1",
                "imageMogr2/thumbnail/!!!",
                "noSuchOperation/1",
                "imageView2/2/w/100|".repeat(60) + "imageView2/2/w/100")) {
            String shown = operation.length() > 40 ? operation.substring(0, 40) + "..." : operation;
            add(
                    cases,
                    "operation " + shown,
                    Set.of(400, 414, 501),
                    () -> signed(photo + "?" + operation.replace("|", "%7C")));
        }
        add(
                cases,
                "picture that does not exist",
                Set.of(404),
                () -> signed("/" + bucket + "/none.jpg?imageView2/2/w/9"));
        add(
                cases,
                "signed path traversal",
                Set.of(400, 403, 404),
                () -> signed("/" + bucket + "/..%2f..%2fetc/passwd"));
        add(cases, "POST", Set.of(400, 401, 403, 405, 501), () -> send("POST", photo));
        pictures(cases, goodPhoto);
        return cases;
    }

    private void tokens(List<HostileCase> cases) {
        PrivateUrls right = box.urls();
        PrivateUrls wrongSecret = new PrivateUrls(right.accessKey(), "a".repeat(40));
        PrivateUrls nobody = new PrivateUrls("nobody-has-this-key", right.secretKey());
        String authority = authority();
        Instant later = Instant.now().plus(EXPIRY);
        add(cases, "no token", DENIED, () -> send("GET", photo));
        add(cases, "wrong secret", DENIED, () -> send("GET", wrongSecret.sign(authority, photo, later)));
        add(cases, "unknown access key", DENIED, () -> send("GET", nobody.sign(authority, photo, later)));
        add(
                cases,
                "expired",
                DENIED,
                () -> send("GET", right.sign(authority, photo, Instant.now().minus(EXPIRY))));
        add(
                cases,
                "token of another object",
                DENIED,
                () -> send("GET", right.sign(authority, photo, later).replace("photo.jpg", "other.jpg")));
        add(cases, "token of another host", DENIED, () -> send("GET", right.sign("a.example:1", photo, later)));
        add(
                cases,
                "operation added after signing",
                DENIED,
                () -> send("GET", right.sign(authority, photo, later).replace("?e=", "?imageView2/2/w/50&e=")));
        add(cases, "expiry that is no number", DENIED, () -> send("GET", photo + "?e=soon&token=a:b"));
        add(cases, "token without a colon", DENIED, () -> send("GET", photo + "?e=9999999999&token=abc"));
        add(
                cases,
                "token of 10,000 bytes",
                DENIED,
                () -> send("GET", photo + "?e=9999999999&token=" + "a:".repeat(5000)));
    }

    private void pictures(List<HostileCase> cases, byte[] goodPhoto) throws IOException {
        try (S3Client s3 = box.s3()) {
            for (Map.Entry<String, byte[]> each : HostileImages.all(goodPhoto).entrySet()) {
                HttpReply stored = s3.put(bucket, "hostile/" + each.getKey(), each.getValue());
                if (stored.status() != 200) {
                    throw new IOException("The picture " + each.getKey() + " was not stored: " + stored.excerpt(200));
                }
                String target = "/" + bucket + "/hostile/" + each.getKey() + "?imageView2/2/w/100/format/webp";
                add(cases, "picture " + each.getKey(), BAD, () -> signed(target));
            }
        }
    }

    private void add(List<HostileCase> cases, String name, Set<Integer> statuses, HostileCase.Attack attack) {
        cases.add(new HostileCase(Edge.DOWNLOAD, name, attack, statuses));
    }

    private String authority() {
        return ApplianceBox.HOST + ":" + box.downloadPort();
    }

    private HttpReply signed(String target) throws IOException {
        return send("GET", box.urls().sign(authority(), target, Instant.now().plus(EXPIRY)));
    }

    private HttpReply send(String method, String target) throws IOException {
        try (HttpConnection connection = new HttpConnection(ApplianceBox.HOST, box.downloadPort(), false, TIMEOUT)) {
            return connection.exchange(method, target, Map.of(), new byte[0]);
        }
    }
}
