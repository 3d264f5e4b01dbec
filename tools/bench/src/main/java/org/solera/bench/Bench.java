// SPDX-License-Identifier: Apache-2.0
package org.solera.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.solera.bench.appliance.Program;
import org.solera.bench.control.ControlPlaneBench;
import org.solera.bench.hostile.HostileBench;
import org.solera.bench.job.MainJobBench;
import org.solera.bench.kill.ControlKillBench;
import org.solera.bench.kill.KillBench;
import org.solera.bench.speed.BootBench;
import org.solera.bench.speed.ErasureBench;
import org.solera.bench.speed.ImageBench;
import org.solera.bench.speed.S3Bench;
import org.solera.bench.swap.SwapBench;

/** Runs one benchmark: {@code Bench NAME [--json] [option value ...] [FILE ...]}; without a name it lists them. */
public final class Bench {
    private static final int MISSED = 1;
    private static final int MISUSED = 2;
    private static final List<Benchmark> ALL = List.of(
            new MainJobBench(),
            SwapBench.ofDataPlane(),
            SwapBench.ofControlPlane(),
            new KillBench(),
            new ControlKillBench(),
            new HostileBench(),
            new BootBench(),
            new S3Bench(),
            new ImageBench(),
            new ErasureBench(),
            new ControlPlaneBench());

    private Bench() {}

    /** Ends with 0 when all targets were kept, 1 when one was missed, 2 for a wrong command line. */
    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    private static int run(List<String> arguments) {
        Optional<String> name =
                arguments.stream().filter(a -> !a.startsWith("--")).findFirst();
        if (name.isEmpty()) {
            ALL.forEach(b -> System.out.printf("%-14s %s%n", b.name(), b.summary()));
            return 0;
        }
        Optional<Benchmark> chosen =
                ALL.stream().filter(b -> b.name().equals(name.get())).findFirst();
        if (chosen.isEmpty()) {
            System.err.println("There is no benchmark " + name.get() + "; call it without a name to list them.");
            return MISUSED;
        }
        List<String> rest = arguments.subList(arguments.indexOf(name.get()) + 1, arguments.size());
        boolean json = arguments.contains("--json");
        try {
            return run(chosen.get(), Options.from(rest), json);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return MISUSED;
        }
    }

    private static int run(Benchmark benchmark, Options options, boolean json) {
        Path repository = Path.of(System.getProperty("solera.root", "")).toAbsolutePath();
        Report report = new Report(benchmark.name(), commit(repository), json, System.out);
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory("solera-bench-");
            benchmark.run(new BenchContext(repository, scratch, options, report));
            report.finish();
            return report.missed().isEmpty() ? 0 : MISSED;
        } catch (IOException | UncheckedIOException e) {
            System.out.println("bench " + benchmark.name() + ": FAILED, " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.out.println("bench " + benchmark.name() + ": FAILED, it was interrupted");
        } finally {
            if (scratch != null) {
                delete(scratch);
            }
        }
        return MISSED;
    }

    private static String commit(Path repository) {
        try {
            Program.Result result = Program.named("git")
                    .arguments("-C", repository.toString(), "rev-parse", "--short=12", "HEAD")
                    .run(Duration.ofSeconds(10));
            return result.exitCode() == 0 ? result.output().strip() : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("The folder " + folder + " could not be deleted: " + e.getMessage());
        }
    }
}
