// SPDX-License-Identifier: Apache-2.0
package org.solera.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How things are named and shaped. */
class NamingRulesTest {
    private static final List<String> EMPTY_WORDS = List.of("Impl", "Manager", "Helper", "Helpers", "Util", "Utils");

    @Test
    void namesEndInNoEmptyWord() {
        noClasses()
                .should(new ArchCondition<>("end in a word that says nothing") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean empty = EMPTY_WORDS.stream()
                                .anyMatch(word -> type.getSimpleName().endsWith(word));
                        events.add(new SimpleConditionEvent(type, empty, type.getName()));
                    }
                })
                .check(House.CLASSES);
    }

    @Test
    void wireFormsAreRecordsOfTheEdge() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Dto")
                .should()
                .beRecords()
                .andShould()
                .resideInAPackage("org.solera..rest..")
                .allowEmptyShould(true)
                .check(House.CLASSES);
    }

    @Test
    void exceptionsAreCalledSo() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .haveSimpleNameEndingWith("Exception")
                .check(House.CLASSES);
    }

    @Test
    void componentsAreFinal() {
        classes()
                .that()
                .areAnnotatedWith("org.osgi.service.component.annotations.Component")
                .should()
                .haveModifier(FINAL)
                .check(House.CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that(describe("not package-info", type -> !type.getSimpleName().equals("package-info")))
                .should(new ArchCondition<>("be in a package whose package-info is @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                        events.add(new SimpleConditionEvent(type, marked, type.getName() + " is not null-marked"));
                    }
                })
                .check(House.CLASSES);
    }

    @Test
    void classesLiveBelowTheRootPackageOfTheirModule() {
        classes()
                .should(new ArchCondition<>("have the package that the name of their module says") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean known = House.moduleOf(type)
                                .filter(module -> House.MODULES.stream()
                                        .filter(holder -> holder.equals(module) || module.workerOf(holder))
                                        .anyMatch(holder -> liesIn(holder, type)))
                                .isPresent();
                        events.add(new SimpleConditionEvent(type, known, type.getName() + " is in a wrong module"));
                    }
                })
                .check(House.CLASSES);
    }

    private static boolean liesIn(Module holder, JavaClass type) {
        return type.getSource()
                .filter(source -> source.getUri().toString().contains("/" + holder.artifact() + "/target/classes/"))
                .isPresent();
    }
}
