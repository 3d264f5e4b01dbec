// SPDX-License-Identifier: Apache-2.0
package org.solera.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may depend on whom: api, then engines, then edges; siblings meet in the service registry only. */
class DependencyRulesTest {
    private static final String[] JDK = {"java..", "javax.crypto..", "javax.net..", "javax.security.."};

    private static final DescribedPredicate<JavaClass> API = describe(
            "an api bundle", type -> House.moduleOf(type).map(Module::api).orElse(false));

    private static final DescribedPredicate<JavaClass> NET_API =
            describe("the network api", type -> isOf(type, "platform-net-api"));

    private static final DescribedPredicate<JavaClass> PERSISTENCE_API =
            describe("the persistence api", type -> isOf(type, "platform-persistence-api"));

    private static final DescribedPredicate<JavaClass> OF_THE_APPLIANCE =
            describe("the appliance", type -> !House.tool(type));

    private static boolean isOf(JavaClass type, String artifact) {
        return House.moduleOf(type)
                .filter(module -> module.artifact().equals(artifact))
                .isPresent();
    }

    @Test
    void apiBundlesUseTheJdkAndAnnotationsOnly() {
        classes()
                .that(API.and(DescribedPredicate.not(NET_API.or(PERSISTENCE_API))))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(JDK)
                        .or(resideInAnyPackage("org.jspecify.annotations..", "org.osgi.annotation.."))
                        .or(API))
                .check(House.CLASSES);
    }

    @Test
    void theNetworkApiMayNameNettyBesides() {
        classes()
                .that(NET_API)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(JDK)
                        .or(resideInAnyPackage("io.netty.."))
                        .or(resideInAnyPackage("org.jspecify.annotations..", "org.osgi.annotation.."))
                        .or(API))
                .check(House.CLASSES);
    }

    @Test
    void thePersistenceApiMayNameJpaBesides() {
        classes()
                .that(PERSISTENCE_API)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(JDK)
                        .or(resideInAnyPackage("javax.persistence.."))
                        .or(resideInAnyPackage("org.jspecify.annotations..", "org.osgi.annotation.."))
                        .or(API))
                .check(House.CLASSES);
    }

    /** Says also that nobody depends on an edge or on another engine: neither is an api. */
    @Test
    void modulesUseNothingOfEachOtherButApiPackages() {
        classes()
                .that(OF_THE_APPLIANCE)
                .should(new ArchCondition<>("use other modules through their api only") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(DependencyRulesTest::leavesItsModuleBesidesTheApi)
                                .forEach(
                                        each -> events.add(SimpleConditionEvent.violated(type, each.getDescription())));
                    }
                })
                .check(House.CLASSES);
    }

    private static boolean leavesItsModuleBesidesTheApi(Dependency dependency) {
        Optional<Module> from = House.moduleOf(dependency.getOriginClass());
        Optional<Module> to = House.moduleOf(dependency.getTargetClass().getBaseComponentType());
        return to.isPresent()
                && !to.equals(from)
                && !to.get().api()
                && !speaksToItsOwnWorker(from, to.get(), dependency.getTargetClass());
    }

    /** A bundle carries the wire format of the program that it runs as its worker. */
    private static boolean speaksToItsOwnWorker(Optional<Module> from, Module to, JavaClass target) {
        return from.filter(to::workerOf).isPresent() && target.getPackageName().equals(to.rootPackage() + ".wire");
    }

    @Test
    void apisDependOnNoOtherDomainButThePlatform() {
        classes()
                .that(API)
                .should(new ArchCondition<>("depend on their own domain and the platform only") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        String own = domain(type);
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(each ->
                                        House.moduleOf(each.getTargetClass()).isPresent())
                                .filter(each -> !domain(each.getTargetClass()).equals(own))
                                .filter(each -> !domain(each.getTargetClass()).equals("platform"))
                                .forEach(
                                        each -> events.add(SimpleConditionEvent.violated(type, each.getDescription())));
                    }
                })
                .check(House.CLASSES);
    }

    private static String domain(JavaClass type) {
        return type.getPackageName().split("\\.")[2];
    }

    /** Edges may use the apis of several domains; what stands below them may not go round in circles. */
    @Test
    void domainsFormNoCycle() {
        slices().matching("org.solera.(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        describe(
                                "an edge",
                                type -> House.moduleOf(type)
                                        .filter(Module::edge)
                                        .isPresent()),
                        DescribedPredicate.alwaysTrue())
                .check(House.CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.solera.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(describe("a tool", House::tool), DescribedPredicate.alwaysTrue())
                .check(House.CLASSES);
    }

    @Test
    void enginesKnowNoProtocolAndNoContainer() {
        noClasses()
                .that(describe(
                        "an engine",
                        type -> House.moduleOf(type)
                                .filter(module -> module.bundle() && !module.edge() && !module.api())
                                .filter(module -> !module.artifact().equals("platform-net"))
                                .isPresent()))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.netty..", "javax.ws.rs..", "javax.servlet.."))
                .check(House.CLASSES);
    }

    @Test
    void theContainerIsKnownWhereItIsDriven() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.solera..shell..",
                        "org.solera.upgrade.engine.internal.karaf..",
                        "org.solera.platform.security.internal..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.karaf.."))
                .check(House.CLASSES);
    }
}
