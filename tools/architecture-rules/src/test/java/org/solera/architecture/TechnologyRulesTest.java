// SPDX-License-Identifier: Apache-2.0
package org.solera.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which technology lives where. */
class TechnologyRulesTest {
    /** Programs of their own: they are the process, so threads and standard streams are theirs. */
    private static final DescribedPredicate<JavaClass> PROGRAM = describe(
            "a program of its own",
            type -> House.tool(type)
                    || House.moduleOf(type)
                            .filter(module -> module.role().equals("worker") && !module.bundle())
                            .isPresent());

    @Test
    void persistenceLivesInJpaBundles() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.solera..jpa..", "org.solera.platform.persistence..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("javax.persistence..", "org.hibernate..", "java.sql.."))
                .check(House.CLASSES);
    }

    @Test
    void jaxRsLivesInRestBundles() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.solera..rest..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("javax.ws.rs..", "org.apache.cxf.."))
                .check(House.CLASSES);
    }

    @Test
    void nativeLibrariesLiveInWorkerProcesses() {
        noClasses()
                .that(DescribedPredicate.not(PROGRAM))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.sun.jna..", "org.lwjgl..", "org.bytedeco.."))
                .check(House.CLASSES);
    }

    @Test
    void childProcessesAreStartedByThePlatformWorkerOnly() {
        noClasses()
                .that(DescribedPredicate.not(PROGRAM))
                .and()
                .resideOutsideOfPackage("org.solera.platform.worker..")
                .should()
                .dependOnClassesThat(are(assignableTo(ProcessBuilder.class)))
                .orShould()
                .callMethodWhere(target(Runtime.class, "exec"))
                .check(House.CLASSES);
    }

    @Test
    void threadsComeFromNamedExecutors() {
        noClasses()
                .that(DescribedPredicate.not(PROGRAM))
                .and()
                .resideOutsideOfPackage("org.solera.platform.core..")
                .should()
                .callConstructorWhere(describe(
                        "makes a thread, a pool or a timer",
                        call -> call.getTargetOwner().isAssignableTo(Thread.class)
                                || call.getTargetOwner().isAssignableTo(ExecutorService.class)
                                || call.getTargetOwner().isAssignableTo(Timer.class)))
                .orShould()
                .callMethodWhere(describe(
                        "is a factory of pools", call -> call.getTargetOwner().isEquivalentTo(Executors.class)))
                .orShould()
                .callMethodWhere(describe(
                        "runs on the pool that everybody shares",
                        call -> call.getTargetOwner().isEquivalentTo(CompletableFuture.class)
                                && call.getName().endsWith("Async")
                                && !endsInExecutor(call.getTarget())))
                .check(House.CLASSES);
    }

    private static boolean endsInExecutor(AccessTarget.MethodCallTarget target) {
        var parameters = target.getRawParameterTypes();
        return !parameters.isEmpty()
                && parameters.get(parameters.size() - 1).getName().equals("java.util.concurrent.Executor");
    }

    @Test
    void standardStreamsBelongToProgramsAndTheShell() {
        noClasses()
                .that(DescribedPredicate.not(PROGRAM))
                .and()
                .resideOutsideOfPackage("org.solera..shell..")
                .should(ACCESS_STANDARD_STREAMS)
                .check(House.CLASSES);
    }

    @Test
    void nobodyLogsBesidesSlf4j() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(House.CLASSES);
    }

    /** The store of the upgrade engine may: at a step that a test names, it ends the process as a power cut does. */
    @Test
    void nobodyEndsTheProcess() {
        noClasses()
                .that(DescribedPredicate.not(PROGRAM))
                .and()
                .doNotHaveFullyQualifiedName("org.solera.upgrade.engine.internal.UpgradeStore")
                .should()
                .callMethodWhere(target(System.class, "exit"))
                .orShould()
                .callMethodWhere(target(Runtime.class, "halt"))
                .check(House.CLASSES);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(House.CLASSES);
    }

    @Test
    void methodsSayWhichExceptionTheyThrow() {
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("org.solera.upgrade.engine.internal.karaf..") // as the container's methods do
                .and()
                .doNotHaveModifier(JavaModifier.BRIDGE) // made by the compiler
                .and(DescribedPredicate.not(
                        describe("throw what the work given to them throws", TechnologyRulesTest::throwsAParameter)))
                .should()
                .declareThrowableOfType(Exception.class)
                .check(House.CLASSES);
    }

    /** {@return whether the exception is a type parameter: its caller knows which one it is} */
    private static boolean throwsAParameter(JavaMethod method) {
        return Stream.concat(method.getTypeParameters().stream(), method.getOwner().getTypeParameters().stream())
                .flatMap(parameter -> parameter.getUpperBounds().stream())
                .anyMatch(bound -> bound.getName().equals(Exception.class.getName()));
    }

    @Test
    void configurationChangesReplaceTheComponent() {
        noMethods()
                .should()
                .beAnnotatedWith("org.osgi.service.component.annotations.Modified")
                .check(House.CLASSES);
    }

    private static DescribedPredicate<JavaAccess<?>> target(Class<?> owner, String method) {
        return describe(
                owner.getSimpleName() + "." + method,
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && ((HasName) access.getTarget()).getName().equals(method));
    }
}
