// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeatureState;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.solera.bench.appliance.FreePorts;

/** Looks at the assembled distribution from inside. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DistributionIT {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String KARAF = "4.4.10";
    private static final long LOOK_MILLIS = 100;
    private static final List<String> SERVICES = List.of(
            "org.solera.platform.api.Appliance",
            "org.solera.platform.api.NamedExecutors",
            "org.solera.platform.api.OwnerRegistry",
            "org.solera.platform.api.DrainCoordinator",
            "org.solera.platform.api.HealthTree",
            "org.solera.platform.api.Authenticator",
            "org.solera.platform.api.AccessKeys",
            "org.solera.platform.api.Workers",
            "org.solera.platform.api.spi.RestModule",
            "org.solera.platform.api.access.Users",
            "org.solera.platform.api.access.Sessions",
            "org.solera.platform.api.access.Tokens",
            "org.solera.platform.api.access.KeyAdmin",
            "org.solera.platform.api.secrets.Sealer",
            "org.solera.platform.api.settings.Settings",
            "org.solera.platform.api.settings.SettingsSection",
            "org.solera.platform.api.operations.Operations",
            "org.solera.platform.api.operations.Replies",
            "org.solera.platform.api.live.LiveEvents",
            "org.solera.platform.api.audit.Audit",
            "org.solera.platform.api.notices.Notices",
            "org.solera.platform.api.history.MetricHistory",
            "org.solera.platform.api.backup.Backups",
            "org.solera.platform.net.api.HttpHandler",
            "org.solera.storage.api.ObjectStore",
            "org.solera.media.api.ImageProcessor",
            "org.solera.media.api.MediaOperations",
            "org.solera.hardware.api.HardwareService",
            "org.solera.upgrade.api.SwapService",
            "org.solera.upgrade.api.FeatureLedger");

    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    @Configuration
    public Option[] distribution() throws IOException {
        Path root = Path.of(System.getProperty("solera.root")).toAbsolutePath();
        Path data = Files.createTempDirectory(Files.createDirectories(root.resolve("itests/target/exam")), "data-");
        Path home = root.resolve("appliance-image/assembly/target/assembly");
        int offset = FreePorts.offset();
        List<Option> options = new ArrayList<>(List.of(
                karafDistributionConfiguration()
                        .frameworkUrl(root.resolve("appliance-image/assembly/target/assembly-1.0.0.tar.gz")
                                .toUri()
                                .toString())
                        .name("Solera")
                        .karafVersion(KARAF)
                        .unpackDirectory(new File(root.toFile(), "itests/target/exam"))
                        .useDeployFolder(false),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                doNotModifyLogConfiguration(),
                // The appliance fetches nothing; the parts of the test are in the repository of the build.
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.defaultRepositories",
                        "file:${karaf.home}/system@id=solera.system,file:" + System.getProperty("maven.repo.local")
                                + "@id=build")));
        for (String property : List.of(
                "solera.data=" + data,
                "solera.home=" + home,
                "solera.bind=127.0.0.1",
                "solera.port.offset=" + offset,
                "solera.port.ssh=" + (8101 + offset),
                "solera.port.internal=" + (8181 + offset),
                "solera.drives=" + data + "/drives/d0," + data + "/drives/d1",
                "karaf.log=" + data + "/log",
                "java.security.manager=allow")) {
            options.add(vmOption("-D" + property));
        }
        Path endorsed = home.resolve("lib/endorsed");
        for (String option : List.of(
                "--patch-module=java.base=" + endorsed.resolve("org.apache.karaf.specs.locator-" + KARAF + ".jar"),
                "--patch-module=java.xml=" + endorsed.resolve("org.apache.karaf.specs.java.xml-" + KARAF + ".jar"),
                "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED")) {
            options.add(vmOption(option));
        }
        return options.toArray(Option[]::new);
    }

    /** Something that is still missing; empty when nothing is. */
    private interface Missing {
        Set<String> now() throws InvalidSyntaxException;
    }

    private static void assertComplete(Missing missing) throws InvalidSyntaxException, InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        Set<String> left = missing.now();
        while (!left.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            left = missing.now();
        }
        assertEquals(Set.of(), left);
    }

    @Test
    public void everyFeatureOfTheProductIsStarted() throws Exception {
        Feature[] installed = features.listInstalledFeatures();
        List<Feature> own = Arrays.stream(installed)
                .filter(f -> f.getName().startsWith("solera-"))
                .toList();
        assertTrue(own.toString(), own.size() >= 30);
        assertComplete(() -> own.stream()
                .filter(f -> features.getState(f.getId()) != FeatureState.Started)
                .map(f -> f.getId() + " " + features.getState(f.getId()))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    public void everyBundleOfTheProductIsActiveOnce() throws InvalidSyntaxException, InterruptedException {
        List<Bundle> own = Arrays.stream(context.getBundles())
                .filter(b -> String.valueOf(b.getSymbolicName()).startsWith("org.solera."))
                .toList();
        assertTrue(own.toString(), own.size() >= 45);
        assertEquals(
                own.size(), own.stream().map(Bundle::getSymbolicName).distinct().count());
        assertComplete(() -> own.stream()
                .filter(b -> b.getState() != Bundle.ACTIVE)
                .map(b -> b.getSymbolicName() + " in state " + b.getState())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    public void everyServiceThatOthersNeedIsThere() throws InvalidSyntaxException, InterruptedException {
        assertComplete(() -> {
            Set<String> missing = new TreeSet<>();
            for (String service : SERVICES) {
                if (context.getAllServiceReferences(service, null) == null) {
                    missing.add(service);
                }
            }
            return missing;
        });
    }
}
