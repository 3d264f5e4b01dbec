// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.appliance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own on the loopback, in a temporary folder that goes with it. Root cannot run one: it runs as
 * the user {@code postgres} then. Close it. Confined to one thread.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String OWNER = "postgres";
    private static final int START_ATTEMPTS = 300;
    private static final long ATTEMPT_MILLIS = 100;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path programs;
    private final Path folder;
    private final String password;
    private final int port;
    private Process process;

    private PostgresServer(Path programs, Path folder, String password, int port) throws IOException {
        this.programs = programs;
        this.folder = folder;
        this.password = password;
        this.port = port;
        this.process = launch();
    }

    /**
     * Makes a server with one empty database {@code solera}.
     *
     * @throws IOException if it is not installed or does not start; the message says which
     */
    public static PostgresServer start() throws IOException, InterruptedException {
        Path programs = programs();
        Path folder = Files.createTempDirectory("solera-postgres-");
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        Path file = Files.writeString(folder.resolve("password"), password);
        if (root()) {
            var owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER);
            Files.setOwner(folder, owner);
            Files.setOwner(file, owner);
        }
        run(asOwner(
                "env",
                programs.resolve("initdb").toString(),
                "--pgdata=" + folder.resolve("data"),
                "--username=solera",
                "--pwfile=" + file,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync"));
        int port;
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress("127.0.0.1", 0));
            port = free.getLocalPort();
        }
        PostgresServer server = new PostgresServer(programs, folder, password, port);
        server.awaitReady();
        server.createDatabase("solera");
        return server;
    }

    private static Path programs() throws IOException {
        if (Files.isDirectory(VERSIONS)) {
            try (Stream<Path> versions = Files.list(VERSIONS)) {
                List<Path> found = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                        .sorted(Comparator.comparing(Path::toString).reversed())
                        .toList();
                if (!found.isEmpty()) {
                    return found.get(0);
                }
            }
        }
        throw new IOException("PostgreSQL is not installed: install the Debian package 'postgresql'.");
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asOwner(String... command) {
        List<String> line = new ArrayList<>();
        if (root()) {
            line.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--init-groups", "--"));
        }
        line.addAll(List.of(command));
        return line;
    }

    private static void run(List<String> line) throws IOException, InterruptedException {
        Program program = Program.named(line.get(0)).in(Path.of("/"));
        program.arguments(line.subList(1, line.size()).toArray(String[]::new));
        program.run(LIMIT).orFail(line.get(0));
    }

    private Process launch() throws IOException {
        // Tests end whole machines' worth of servers: what they wrote need not survive a power cut.
        return new ProcessBuilder(asOwner(
                        programs.resolve("postgres").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "port=" + port,
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off",
                        "-c",
                        "max_connections=40",
                        "-c",
                        "shared_buffers=16MB"))
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int i = 0; i < START_ATTEMPTS && process.isAlive(); i++) {
            Program probe = Program.at(programs.resolve("pg_isready"));
            if (probe.arguments("--quiet", "--host=127.0.0.1", "--port=" + port)
                            .run(LIMIT)
                            .exitCode()
                    == 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(ATTEMPT_MILLIS);
        }
        throw new IOException("PostgreSQL does not start: " + Files.readString(folder.resolve("server.log")));
    }

    /** Makes one more empty database. */
    public void createDatabase(String name) throws IOException, InterruptedException {
        run(List.of(
                "env",
                "PGPASSWORD=" + password,
                programs.resolve("createdb").toString(),
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=solera",
                name));
    }

    /** {@return what a query of one value finds in a database, as text} */
    public String ask(String database, String query) throws IOException, InterruptedException {
        return Program.named("env")
                .in(Path.of("/"))
                .arguments(
                        "PGPASSWORD=" + password,
                        programs.resolve("psql").toString(),
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--username=solera",
                        "--no-psqlrc",
                        "--tuples-only",
                        "--no-align",
                        "--command=" + query,
                        database)
                .run(LIMIT)
                .orFail("psql")
                .output()
                .strip();
    }

    /** {@return the address of the database that was made at the start} */
    public String url() {
        return url("solera");
    }

    /** {@return the address of a database} */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return "solera";
    }

    public String password() {
        return password;
    }

    /** {@return a file that holds the password} */
    public Path passwordFile() {
        return folder.resolve("password");
    }

    /** Stops all its processes where they stand: connections are taken, nothing is answered. */
    public void hang() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets the processes go on. */
    public void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** The first process comes first: it starts no more servants then. Those that end by themselves meanwhile do not count. */
    private void signal(String name) throws IOException, InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        for (ProcessHandle each : all) {
            Program.Result result = Program.named("kill")
                    .arguments("-" + name, String.valueOf(each.pid()))
                    .run(LIMIT);
            if (each.isAlive()) {
                result.orFail("kill");
            }
        }
    }

    /** Ends it as a power cut does. */
    public void cut() throws InterruptedException {
        List<ProcessHandle> servants = process.descendants().toList();
        process.destroyForcibly().waitFor();
        servants.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle servant : servants) {
            while (servant.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(ATTEMPT_MILLIS);
            }
        }
    }

    /** Starts it again on its old port, after {@link #cut}. */
    public void restart() throws IOException, InterruptedException {
        for (int i = 0; i < START_ATTEMPTS && taken(); i++) {
            TimeUnit.MILLISECONDS.sleep(ATTEMPT_MILLIS);
        }
        Files.deleteIfExists(folder.resolve("data/postmaster.pid"));
        process = launch();
        awaitReady();
    }

    private boolean taken() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException free) {
            return false;
        }
    }

    /** Ends it and deletes its folder. */
    @Override
    public void close() throws IOException {
        try {
            cut();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
