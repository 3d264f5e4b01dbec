// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.history.Snapshot;
import org.solera.platform.api.notices.Notice;

class WatchTest {
    private static final int TURN = 15;

    private final Testing.Time time = new Testing.Time();
    private final Testing.Live live = new Testing.Live();
    private final NoticeBook book = new NoticeBook();
    private final List<String> told = new ArrayList<>();
    private boolean loaded = true;
    private Watch watch = watch(book);

    private Watch watch(NoticeBook newBook) {
        return new Watch(
                newBook,
                (notice, kind) -> told.add(kind + " " + notice.title()),
                new LiveNotices(live),
                () -> loaded,
                time,
                time::nanos);
    }

    private static Snapshot drives(double... sizes) {
        Snapshot figures = new Snapshot();
        for (int i = 0; i < sizes.length; i++) {
            figures.gauge("solera_storage_drive_total_bytes", "", sizes[i], "drive", "d" + i);
            figures.gauge("solera_storage_drive_free_bytes", "", sizes[i], "drive", "d" + i);
        }
        return figures;
    }

    private void look(int seconds, Snapshot figures) {
        for (int passed = 0; passed < seconds; passed += TURN) {
            time.pass(TURN);
            watch.look(figures, List.of(), DefaultRules.all());
        }
    }

    @Test
    void tellsWhenSomethingBeginsAndWhenItIsOver() {
        look(60, drives(10, 10));
        assertEquals(List.of(), told);
        look(60, drives(10, 0));
        assertEquals(List.of("BEGAN Drive d1 is down."), told);
        look(120, drives(10, 10));
        assertEquals(List.of("BEGAN Drive d1 is down.", "OVER Drive d1 is down."), told);
        assertTrue(live.events.size() >= 2);
    }

    @Test
    void isNotMisledByAClockThatLeaps() {
        look(30, drives(10, 0));
        time.leap(-10 * 86_400);
        look(30, drives(10, 0));
        time.leap(40 * 86_400);
        look(30, drives(10, 0));
        assertEquals(List.of("BEGAN Drive d1 is down."), told);
        assertEquals(1, book.open().size());
    }

    @Test
    void survivesAStormInBoundedSpace() {
        double[] sizes = new double[2_400];
        for (int i = 0; i < 3; i++) {
            look(90, drives(sizes));
            look(120, drives());
            look(300, drives());
        }
        assertEquals(3 * 51 * 2, told.size(), "each of 50 and one for the others, begun and over");
        assertTrue(book.all().size() <= NoticeBook.ENDED_MOST);
    }

    @Test
    void remindsOnceADayOfWhatNobodyTakesUp() throws SoleraException {
        look(60, drives(10, 0));
        told.clear();
        look(24 * 3_600 + 60, drives(10, 0));
        assertEquals(List.of("REMINDER Drive d1 is down."), told);
        book.acknowledge(book.open().get(0).id(), "eve", time.instant());
        look(48 * 3_600, drives(10, 0));
        assertEquals(1, told.size());
    }

    @Test
    void saysNothingOfWhatIsSilencedUntilTheSilenceEnds() throws SoleraException {
        look(60, drives(10, 0));
        book.silence(book.open().get(0).id(), time.instant().plusSeconds(3_600), time.instant());
        look(120, drives(10, 10));
        look(60, drives(10, 0));
        assertEquals(List.of("BEGAN Drive d1 is down."), told, "neither its end nor its return");
        look(3_600, drives(10, 0));
        assertEquals(List.of("BEGAN Drive d1 is down.", "BEGAN Drive d1 is down."), told);
    }

    @Test
    void tellsNobodyAgainAfterARestart() {
        look(60, drives(10, 0));
        book.delivered(book.open().get(0).id(), "mail", "sent now");
        List<Notice> kept = book.all();
        told.clear();

        loaded = false;
        NoticeBook next = new NoticeBook();
        watch = watch(next);
        look(30, drives(10, 0));
        watch.adopt(kept);
        loaded = true;
        look(30, drives(10, 0));
        assertEquals(List.of(), told);
        assertEquals(kept.get(0).id(), next.open().get(0).id());
        look(120, drives(10, 10));
        assertEquals(List.of("OVER Drive d1 is down."), told);
    }

    @Test
    void tellsAfterAMinuteEvenWhenTheStoreIsAway() {
        loaded = false;
        watch = watch(new NoticeBook());
        look(45, drives(10, 0));
        assertEquals(List.of(), told);
        look(30, drives(10, 0));
        assertEquals(List.of("BEGAN Drive d1 is down."), told);
    }

    @Test
    void endsWhatEndedWhileTheBoxWasOff() {
        look(60, drives(10, 0));
        List<Notice> kept = book.all();
        told.clear();
        NoticeBook next = new NoticeBook();
        watch = watch(next);
        watch.adopt(kept);
        look(90, drives(10, 10));
        assertEquals(0, next.open().size());
        assertEquals(1, next.all().size());
    }
}
