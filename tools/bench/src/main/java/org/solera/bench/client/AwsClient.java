// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.solera.bench.appliance.Program;

/** The command line client of S3 that most people use, pointed at an appliance. Thread-safe. */
public final class AwsClient {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final String endpoint;
    private final SigV4 signer;

    /** @param port port of S3 on this machine */
    public AwsClient(int port, SigV4 signer) {
        this.endpoint = "http://127.0.0.1:" + port;
        this.signer = signer;
    }

    /**
     * {@return how a command ended}
     *
     * @param words the words after {@code aws}, for example {@code s3 ls}
     * @throws IOException if the client is not installed
     */
    public Program.Result run(List<String> words) throws IOException, InterruptedException {
        return Program.named("aws")
                .arguments("--endpoint-url", endpoint, "--no-cli-pager")
                .arguments(words.toArray(String[]::new))
                .environment("AWS_ACCESS_KEY_ID", signer.accessKey())
                .environment("AWS_SECRET_ACCESS_KEY", signer.secretKey())
                .environment("AWS_DEFAULT_REGION", signer.region())
                .environment("AWS_MAX_ATTEMPTS", "1")
                .environment("AWS_EC2_METADATA_DISABLED", "true")
                .environment("AWS_CONFIG_FILE", "/dev/null")
                .environment("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
                .run(LIMIT);
    }

    /** Runs a command that must succeed; {@return what it printed} */
    public String must(String... words) throws IOException, InterruptedException {
        return run(List.of(words)).orFail("aws " + String.join(" ", words)).output();
    }
}
