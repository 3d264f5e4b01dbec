// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Clock;
import java.time.Instant;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.Severity;

/** The message that a person sends to try the settings. */
final class TestNotice {
    private TestNotice() {}

    static Message of(Clock clock) {
        Instant now = clock.instant();
        Notice notice = new Notice(
                "test",
                "test",
                "",
                Severity.INFO,
                "This is a test of the notices.",
                "这是一条测试通知。",
                "Nothing needs to be done.",
                "无需处理。",
                0,
                now,
                null,
                "",
                null,
                null,
                "");
        return new Message(notice, Message.Kind.TEST, now, System.nanoTime());
    }
}
