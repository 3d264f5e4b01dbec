// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** S3 over one connection, nothing repeated. Confined to one thread. */
public final class S3Client implements Closeable {
    private static final byte[] NOTHING = new byte[0];

    private final HttpConnection connection;
    private final SigV4 signer;

    /** @param timeout longest wait for each read */
    public S3Client(String host, int port, SigV4 signer, Duration timeout) {
        this.connection = new HttpConnection(host, port, false, timeout);
        this.signer = signer;
    }

    /** {@return the answer to one signed request} */
    public HttpReply exchange(String method, String path, Map<String, String> query, byte[] body) throws IOException {
        Map<String, String> headers = signer.sign(
                method, path, query, Map.of("host", connection.authority()), Digests.sha256(body), Instant.now());
        String target = SigV4.encodePath(path) + (query.isEmpty() ? "" : "?" + SigV4.encodeQuery(query));
        return connection.exchange(method, target, headers, body);
    }

    /** Creates a bucket; one that exists already is right. */
    public void createBucket(String bucket) throws IOException {
        HttpReply reply = exchange("PUT", "/" + bucket, Map.of(), NOTHING);
        if (reply.status() != 200 && reply.status() != 409) {
            throw new IOException(
                    "Bucket " + bucket + " was not created: status " + reply.status() + ", " + reply.excerpt(200));
        }
    }

    /** {@return the answer to storing an object} */
    public HttpReply put(String bucket, String key, byte[] body) throws IOException {
        return exchange("PUT", "/" + bucket + "/" + key, Map.of(), body);
    }

    /** {@return the answer to reading an object} */
    public HttpReply get(String bucket, String key) throws IOException {
        return exchange("GET", "/" + bucket + "/" + key, Map.of(), NOTHING);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
