// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.appliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.solera.bench.client.ConsoleSession;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.PrivateUrls;
import org.solera.bench.client.RestClient;
import org.solera.bench.client.S3Client;
import org.solera.bench.client.SigV4;

/**
 * One appliance on this machine with its own data folder and ports. Closing it ends the appliance; so does the end of
 * this process. Calls that start and stop are made by one thread; everything else is thread-safe.
 */
public final class ApplianceBox implements Closeable {
    /** Address of every port. */
    public static final String HOST = "127.0.0.1";

    private static final Duration BOOT_LIMIT = Duration.ofMinutes(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final Path launcher;
    private final Path data;
    private final int offset;
    private final Map<String, String> environment;
    private final Thread lastResort = new Thread(this::endProcesses, "solera-bench-last-resort");
    private @Nullable Credentials credentials;

    private ApplianceBox(Path repository, Path data, int offset, Map<String, String> environment) {
        this.launcher = repository.resolve("solera");
        this.data = data;
        this.offset = offset;
        Map<String, String> all = new HashMap<>(Map.of("SOLERA_BUILD", "no"));
        all.putAll(environment);
        this.environment = Map.copyOf(all);
    }

    /**
     * Boots a new appliance and returns when it is ready.
     *
     * @param repository root of the source tree
     * @param data its data folder, empty or missing
     * @throws IOException if it does not become ready; nothing is left running
     */
    public static ApplianceBox boot(Path repository, Path data) throws IOException, InterruptedException {
        return boot(repository, data, Map.of());
    }

    /**
     * Boots a new appliance and returns when it is ready.
     *
     * @param environment variables for the launcher, for example {@code SOLERA_JAVA_OPTS}; {@code SOLERA_BUILD=yes} lets
     *     it look whether something is stale, as it does for people
     */
    public static ApplianceBox boot(Path repository, Path data, Map<String, String> environment)
            throws IOException, InterruptedException {
        ApplianceBox box = new ApplianceBox(repository, data, FreePorts.offset(), environment);
        Runtime.getRuntime().addShutdownHook(box.lastResort);
        boolean ready = false;
        try {
            String output = box.start();
            box.credentials = box.claim(Credentials.from(output));
            ready = true;
            return box;
        } finally {
            if (!ready) {
                box.close();
            }
        }
    }

    /** The first password is good for one sign-in, which has to set another one. */
    private Credentials claim(Credentials first) throws IOException {
        String password = "bench-" + UUID.randomUUID();
        try (ConsoleSession session =
                ConsoleSession.signIn(HOST, restPort(), first.user(), first.password(), READ_TIMEOUT)) {
            HttpReply reply = session.send(
                    "PUT",
                    "/users/me/password",
                    "{\"oldPassword\":\"" + first.password() + "\",\"newPassword\":\"" + password + "\"}");
            if (reply.status() != 204) {
                throw new IOException("The first password could not be changed: status " + reply.status() + ", "
                        + reply.excerpt(300));
            }
        }
        return new Credentials(first.user(), password, first.accessKey(), first.secretKey());
    }

    /** {@return what the launcher printed, once the appliance is ready} */
    public String start() throws IOException, InterruptedException {
        return command("run", "--port-offset", Integer.toString(offset), "--detach")
                .run(BOOT_LIMIT)
                .orFail("./solera run")
                .output();
    }

    /** Ends the appliance cleanly. */
    public void stop() throws IOException, InterruptedException {
        command("stop").run(STOP_LIMIT).orFail("./solera stop");
    }

    /** Ends the process of the appliance with no chance to do anything more. */
    public void kill() throws IOException, InterruptedException {
        long pid = pid();
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent() && !process.get().destroyForcibly()) {
            throw new IOException("Process " + pid + " could not be killed.");
        }
        Polling.await(
                "the end of process " + pid,
                Duration.ofSeconds(10),
                () -> ProcessTable.commandLine(pid).isEmpty());
    }

    private Program command(String verb, String... more) {
        Program program =
                Program.at(launcher).arguments(verb, "--data", data.toString()).arguments(more);
        environment.forEach(program::environment);
        return program;
    }

    /** {@return the process of the appliance} */
    public long pid() throws IOException {
        return Long.parseLong(Files.readString(data.resolve("run/pid")).strip());
    }

    /** {@return its data folder} */
    public Path data() {
        return data;
    }

    /** {@return what was added to every standard port} */
    public int offset() {
        return offset;
    }

    /** {@return the port of the console and REST} */
    public int restPort() {
        return 8443 + offset;
    }

    /** {@return the port of S3} */
    public int s3Port() {
        return 9000 + offset;
    }

    /** {@return the port of downloads} */
    public int downloadPort() {
        return 9101 + offset;
    }

    /** {@return the port of the shell} */
    public int shellPort() {
        return 8101 + offset;
    }

    /** {@return what the first boot printed} */
    public Credentials credentials() {
        if (credentials == null) {
            throw new IllegalStateException("The appliance has not booted");
        }
        return credentials;
    }

    /** {@return a new S3 client with the key of the first boot} */
    public S3Client s3() {
        return new S3Client(HOST, s3Port(), signer(), READ_TIMEOUT);
    }

    /** {@return the signer of S3 requests} */
    public SigV4 signer() {
        return new SigV4(credentials().accessKey(), credentials().secretKey(), "us-east-1");
    }

    /** {@return the signer of download URLs} */
    public PrivateUrls urls() {
        return new PrivateUrls(credentials().accessKey(), credentials().secretKey());
    }

    /** {@return a new REST client of the administrator} */
    public RestClient rest() {
        return rest(READ_TIMEOUT);
    }

    /** {@return a new REST client of the administrator that waits as long as this for an answer} */
    public RestClient rest(Duration timeout) {
        return new RestClient(
                HOST, restPort(), credentials().user(), credentials().password(), timeout);
    }

    /** {@return a new session of the administrator, as the console has one} */
    public ConsoleSession console() throws IOException {
        return ConsoleSession.signIn(
                HOST, restPort(), credentials().user(), credentials().password(), READ_TIMEOUT);
    }

    /** {@return whether the appliance says that it is ready} */
    public boolean ready() throws IOException {
        try (RestClient rest = rest()) {
            HttpReply reply = rest.get("/system/health");
            JsonNode health = RestClient.parse(reply);
            return health.path("ready").asBoolean();
        }
    }

    private void endProcesses() {
        try {
            for (long pid : ProcessTable.belongingTo(data)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException e) {
            System.err.println("Processes of " + data + " may still run: " + e.getMessage());
        }
    }

    /** Ends the appliance, cleanly if it can be. */
    @Override
    public void close() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            stop();
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            endProcesses();
            if (interrupted) {
                Thread.currentThread().interrupt();
            } else {
                removeLastResort();
            }
        }
    }

    private void removeLastResort() {
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            // This process is ending: the hook runs already and finds nothing to end.
            lastResort.setName("solera-bench-last-resort-late");
        }
    }
}
