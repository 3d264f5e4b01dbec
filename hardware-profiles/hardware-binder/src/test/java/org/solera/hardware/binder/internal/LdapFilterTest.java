// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solera.hardware.binder.internal.LdapFilter.And;
import org.solera.hardware.binder.internal.LdapFilter.Compare;
import org.solera.hardware.binder.internal.LdapFilter.Not;

class LdapFilterTest {
    @Test
    void readsPartsInTheirOrder() {
        assertEquals(
                Optional.of(new And(
                        List.of(new Compare("vendor", "=", "nvidia"), new Not(new Compare("vulkan", "<=", "1.2"))))),
                LdapFilter.parse(" ( & (vendor=nvidia) (!(vulkan<=1.2)) ) "));
    }

    @Test
    void takesEscapesOutOfValues() {
        assertEquals(
                Optional.of(new Compare("device", "=", "Card (rev 2)")), LdapFilter.parse("(device=Card \\(rev 2\\))"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vendor=nvidia",
                "(vendor=nvidia",
                "(vendor)",
                "(=x)",
                "(&)",
                "(!)",
                "(&(a=b)",
                "(a=b))",
                "(a>b)",
                "(a=b)(c=d)"
            })
    void whatIsNoFilterIsNone(String text) {
        assertEquals(Optional.empty(), LdapFilter.parse(text));
    }

    @Test
    void doesNotFollowNestingWithoutEnd() {
        String deep = "(!".repeat(5000) + "(a=b)" + ")".repeat(5000);

        assertEquals(Optional.empty(), LdapFilter.parse(deep));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "(vendor=nvidia)@vendor nvidia",
                "(&(vendor=nvidia)(vulkan>=1.3))@vendor nvidia and Vulkan 1.3 or later",
                "(|(vendor=nvidia)(vendor=amd))@vendor nvidia or vendor amd",
                "(&(vulkan>=1.2)(|(vendor=amd)(vendor=intel)))@Vulkan 1.2 or later and (vendor amd or vendor intel)",
                "(|(&(vendor=amd)(vulkan>=1.3))(vendor=nvidia))@(vendor amd and Vulkan 1.3 or later) or vendor nvidia",
                "(&(a=1)(b=2)(c=3))@a 1, b 2 and c 3",
                "(!(vendor=nvidia))@vendor other than nvidia",
                "(!(vulkan>=2.0))@Vulkan below 2.0",
                "(!(cores<=4))@cores above 4",
                "(!(!(arch=x86_64)))@architecture x86_64",
                "(!(|(a=1)(b=2)))@not (a 1 or b 2)",
                "(!(driver=*))@no driver",
                "(&(version>=1.0)(!(version>=2.0)))@version 1.0 or later and version below 2.0",
                "(cores>=8)@8 cores or more",
                "(memory.bytes>=17179869184)@16 GiB of memory or more",
                "(memory.bytes<=1610612736)@memory 1.5 GiB at most",
                "(encoder.h264=nvenc)@the hardware encoder nvenc for h264",
                "(encoder.hevc=*)@a hardware encoder for hevc",
                "(device=NVIDIA L4*)@device like NVIDIA L4*",
                "(board.product~=gs2200)@product like gs2200",
                "(vulkan=*)@any Vulkan",
                "(&(arch=aarch64))@architecture aarch64",
            })
    void putsAFilterIntoWords(String filter, String words) {
        assertEquals(Optional.of(words), LdapFilter.parse(filter).map(FilterWords::of));
        assertTrue(words.indexOf('=') < 0);
    }
}
