// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.appliance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the process table of Linux. */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /**
     * Figures of one process.
     *
     * @param residentKib resident memory in KiB
     * @param threads number of threads
     * @param openFiles number of open file descriptors
     */
    public record Usage(long residentKib, int threads, int openFiles) {}

    /** {@return the figures of a process that runs} */
    public static Usage usage(long pid) throws IOException {
        Path folder = PROC.resolve(Long.toString(pid));
        List<String> status = Files.readAllLines(folder.resolve("status"));
        try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
            return new Usage(
                    number(status, "VmRSS:"), Math.toIntExact(number(status, "Threads:")), (int) files.count());
        }
    }

    /** {@return processor time that a process has used, user and system, in seconds, to a hundredth} */
    public static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(PROC.resolve(pid + "/stat"));
        // The name of the program may hold blanks; what follows its bracket does not.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /**
     * {@return processes, zombies aside, whose command line, environment or working folder names a folder; this process
     * aside}
     */
    public static List<Long> belongingTo(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.map(e -> e.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .filter(pid -> pid != ProcessHandle.current().pid())
                    .filter(pid -> names(pid, folder.toString()))
                    .toList();
        }
    }

    /** {@return the command line of a process, words separated by blanks; empty when it is gone} */
    public static String commandLine(long pid) {
        return text(PROC.resolve(pid + "/cmdline")).replace('\0', ' ').strip();
    }

    private static boolean names(long pid, String folder) {
        Path process = PROC.resolve(Long.toString(pid));
        if (text(process.resolve("cmdline")).isEmpty()) {
            return false;
        }
        return text(process.resolve("cmdline")).contains(folder)
                || text(process.resolve("environ")).contains(folder)
                || link(process.resolve("cwd")).startsWith(folder);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // The process ended, or belongs to somebody else: it names nothing that can be seen.
            return "";
        }
    }

    private static String link(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            // As above.
            return "";
        }
    }

    private static long number(List<String> status, String key) throws IOException {
        Optional<String> line = status.stream().filter(l -> l.startsWith(key)).findFirst();
        if (line.isEmpty()) {
            throw new IOException("The process ended: its status has no " + key);
        }
        return Long.parseLong(line.get().replaceAll("[^0-9]", ""));
    }
}
