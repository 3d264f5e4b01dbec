// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.WorkerSpec;

/**
 * Wraps the command of a worker in what this box has to hold it: limits by {@code prlimit}, and either a bubblewrap jail
 * (no network, no devices, no home, own process ids, only the named files) or, without it, a parent-death signal by
 * {@code setpriv}. What it uses was tried once. Immutable.
 */
final class Jail {
    private static final Logger log = LoggerFactory.getLogger(Jail.class);
    private static final List<String> PLACES = List.of("/usr/bin", "/bin", "/usr/local/bin");
    private static final List<String> SYSTEM_LINKS = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");
    private static final List<String> SYSTEM_FILES = List.of("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime");
    private static final long TMP_BYTES = 64L << 20;
    private static final long TRIAL_SECONDS = 5;

    private final Optional<String> bwrap;
    private final Optional<String> setpriv;
    private final Optional<String> prlimit;
    private final int openFiles;

    private Jail(Optional<String> bwrap, Optional<String> setpriv, Optional<String> prlimit, int openFiles) {
        this.bwrap = bwrap;
        this.setpriv = setpriv;
        this.prlimit = prlimit;
        this.openFiles = openFiles;
    }

    /**
     * Finds out what works on this box, by running it.
     *
     * @param wanted whether a jail is wanted at all
     * @param openFiles most open files of a worker
     * @throws InterruptedException if the waiting thread is interrupted
     */
    static Jail find(boolean wanted, int openFiles) throws InterruptedException {
        Optional<String> prlimit = works(new Jail(Optional.empty(), Optional.empty(), program("prlimit"), openFiles))
                ? program("prlimit")
                : Optional.empty();
        if (wanted) {
            Jail jail = new Jail(program("bwrap"), Optional.empty(), prlimit, openFiles);
            if (jail.jailed() && works(jail)) {
                return jail;
            }
        }
        Jail leashed = new Jail(Optional.empty(), program("setpriv"), prlimit, openFiles);
        return works(leashed) ? leashed : new Jail(Optional.empty(), Optional.empty(), prlimit, openFiles);
    }

    private static Optional<String> program(String name) {
        return PLACES.stream()
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static boolean works(Jail candidate) throws InterruptedException {
        Optional<String> nothing = program("true");
        if (nothing.isEmpty()) {
            return false;
        }
        List<String> command = candidate.wrap(List.of(nothing.get()), List.of(), List.of(), 0);
        try {
            Process trial = start(command, Map.of());
            if (!trial.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS)) {
                trial.destroyForcibly();
                return false;
            }
            if (trial.exitValue() == 0) {
                return true;
            }
            byte[] words = trial.getErrorStream().readNBytes(400);
            log.info("{} does not work on this box: {}", command.get(0), new String(words).strip());
            return false;
        } catch (IOException failure) {
            log.info("{} does not start on this box: {}", command.get(0), failure.getMessage());
            return false;
        }
    }

    /** Starts a command with exactly this environment; the child belongs to the calling thread. */
    static Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** {@return whether workers run in a bubblewrap jail} */
    boolean jailed() {
        return bwrap.isPresent();
    }

    /** {@return whether the kernel ends every worker when the appliance dies, however it dies} */
    boolean diesWithParent() {
        return bwrap.isPresent() || setpriv.isPresent();
    }

    /** {@return the command of a worker with everything that holds it} */
    List<String> wrap(WorkerSpec spec) {
        return wrap(spec.command(), spec.readable(), spec.writable(), spec.memoryBytes());
    }

    private List<String> wrap(List<String> command, List<Path> readable, List<Path> writable, long memoryBytes) {
        List<String> whole = new ArrayList<>();
        prlimit.ifPresent(program -> {
            whole.addAll(List.of(program, "--core=0", "--nofile=" + openFiles));
            if (memoryBytes > 0) {
                whole.add("--as=" + memoryBytes);
            }
            whole.add("--");
        });
        setpriv.ifPresent(program -> whole.addAll(List.of(program, "--pdeathsig", "KILL", "--no-new-privs", "--")));
        bwrap.ifPresent(program -> {
            whole.addAll(List.of(program, "--unshare-all", "--die-with-parent", "--new-session"));
            whole.addAll(List.of("--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--hostname", "worker"));
            whole.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
            whole.addAll(List.of("--size", Long.toString(TMP_BYTES), "--tmpfs", "/tmp", "--chdir", "/tmp"));
            bindSystem(whole);
            readable.forEach(path -> bind(whole, "--ro-bind-try", path));
            writable.forEach(path -> bind(whole, "--bind", path));
            whole.add("--");
        });
        whole.addAll(command);
        return whole;
    }

    private static void bindSystem(List<String> whole) {
        bind(whole, "--ro-bind", Path.of("/usr"));
        for (String name : SYSTEM_LINKS) {
            Path path = Path.of(name);
            if (Files.isSymbolicLink(path)) {
                // Merged /usr: the link is made again, so that the paths inside stay those of the host.
                whole.addAll(List.of("--symlink", "usr" + name, name));
            } else if (Files.isDirectory(path)) {
                bind(whole, "--ro-bind", path);
            }
        }
        SYSTEM_FILES.forEach(name -> bind(whole, "--ro-bind-try", Path.of(name)));
        Path javaHome = Path.of(System.getProperty("java.home", "/usr"));
        if (!javaHome.startsWith("/usr")) {
            bind(whole, "--ro-bind", javaHome);
        }
        // Distributions keep the configuration of their Java in /etc and link to it from the Java home.
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/etc"), "java-*")) {
            folders.forEach(folder -> bind(whole, "--ro-bind-try", folder));
        } catch (IOException absent) {
            log.debug("/etc cannot be listed: {}", absent.getMessage());
        }
    }

    private static void bind(List<String> whole, String how, Path path) {
        whole.addAll(List.of(how, path.toString(), path.toString()));
    }

    @Override
    public String toString() {
        return (jailed() ? "bubblewrap jail" : "no jail")
                + (prlimit.isPresent() ? ", limits by prlimit" : ", no limits")
                + (diesWithParent() ? ", dies with the appliance" : ", ends when its input ends");
    }
}
