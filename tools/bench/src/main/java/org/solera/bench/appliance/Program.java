// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.appliance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program of this machine with its arguments. Confined to one thread. */
public final class Program {
    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin");

    private final Path executable;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Path folder;

    private Program(Path executable) {
        this.executable = executable;
    }

    /**
     * What a program said and how it ended.
     *
     * @param exitCode its exit code
     * @param output standard output and standard error together
     */
    public record Result(int exitCode, String output) {
        /**
         * {@return this, if the exit code is 0}
         *
         * @throws IOException otherwise, with the end of the output
         */
        public Result orFail(String what) throws IOException {
            if (exitCode != 0) {
                String tail = output.substring(Math.max(0, output.length() - 1500));
                throw new IOException(what + " ended with exit code " + exitCode + ": " + tail.strip());
            }
            return this;
        }
    }

    /** {@return where a program is, system folders first, then the search path} */
    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(SYSTEM_FOLDERS.stream(), Stream.of(path.split(File.pathSeparator)))
                .filter(f -> !f.isEmpty())
                .map(f -> Path.of(f, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * {@return a program by its name}
     *
     * @throws IOException if this machine does not have it
     */
    public static Program named(String name) throws IOException {
        return new Program(find(name)
                .orElseThrow(() -> new IOException("The command " + name + " is not installed on this machine.")));
    }

    /** {@return a program by its file} */
    public static Program at(Path executable) {
        return new Program(executable);
    }

    /** Adds arguments. */
    public Program arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Sets an environment variable. */
    public Program environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Sets the working folder. */
    public Program in(Path newFolder) {
        folder = newFolder;
        return this;
    }

    /**
     * Runs the program to its end. Output goes through a file, so that a child that lives on cannot hold the caller.
     *
     * @throws IOException if it cannot start, or runs longer than the limit; then it was killed
     */
    public Result run(Duration limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile("solera-program-", ".txt");
        try {
            Process process = start(output);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new IOException(executable.getFileName() + " took longer than " + limit.toSeconds() + " s: "
                        + Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** {@return the started program; its output goes to the file} */
    public Process start(Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        builder.redirectInput(new File("/dev/null"));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
