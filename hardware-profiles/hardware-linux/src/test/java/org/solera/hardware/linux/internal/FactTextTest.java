// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactTextTest {
    @ParameterizedTest
    @CsvSource({"0,1", "0-3,4", "'0-3,8,10-11',7", "'',0", "7-3,0", "x,0", "0-99999999,0"})
    void countsTheProcessorsOfAKernelList(String list, int expected) {
        assertEquals(expected, FactText.listed(list));
    }

    @Test
    void aValueBelongsToTheWholeKey() {
        assertEquals(Optional.of("2"), FactText.value("model name : 1\nmodel : 2\n", "model", ':'));
        assertEquals(Optional.empty(), FactText.value("no colon here", "no", ':'));
    }

    @Test
    void aLineIsShortAndClean() {
        assertEquals("ab", FactText.line(" a\u0000b\u0007 \nsecond"));
        assertEquals(256, FactText.line("x".repeat(1000)).length());
    }

    @Test
    void placeholdersOfMakersSayNothing() {
        assertEquals("", FactText.said("To Be Filled By O.E.M."));
        assertEquals("PowerEdge R760", FactText.said("PowerEdge R760"));
    }

    @Test
    void numbersAreNeitherNegativeNorHuge() {
        assertEquals(OptionalLong.of(42), FactText.number(" 42\n"));
        assertEquals(OptionalLong.empty(), FactText.number("-1"));
        assertEquals(OptionalLong.empty(), FactText.number("9".repeat(30)));
    }

    @Test
    void theDeviceTreeEndsEachEntryWithZero() {
        assertEquals(List.of("a,b", "c,d"), FactText.zeroEnded("a,b\0c,d\0"));
    }
}
