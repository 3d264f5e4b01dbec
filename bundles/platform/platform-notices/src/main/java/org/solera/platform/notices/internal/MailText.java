// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.Severity;

/** The words of a mail about several notices. */
final class MailText {
    private static final int NOTICES_MOST = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private MailText() {}

    /** {@return one line: the worst that happened, and how much more did} */
    static String subject(List<Message> messages, boolean chinese, String box) {
        Message worst = messages.get(0);
        for (Message message : messages) {
            boolean bad = message.kind() != Message.Kind.OVER;
            if (bad && (worst.kind() == Message.Kind.OVER || rank(message) > rank(worst))) {
                worst = message;
            }
        }
        String more = "";
        if (messages.size() > 1) {
            more = chinese ? "（另有 " + (messages.size() - 1) + " 条）" : " (and " + (messages.size() - 1) + " more)";
        }
        String text = "[" + box + "] " + kind(worst, chinese) + (chinese ? "：" : ": ") + title(worst.notice(), chinese)
                + more;
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static int rank(Message message) {
        return message.notice().severity().ordinal();
    }

    /** {@return the body, lines ended by CR LF} */
    static String body(List<Message> messages, boolean chinese, String box) {
        StringBuilder text = new StringBuilder();
        for (Message message : messages.subList(0, Math.min(NOTICES_MOST, messages.size()))) {
            Notice notice = message.notice();
            text.append(kind(message, chinese)).append(chinese ? "：" : ": ");
            text.append(title(notice, chinese)).append("\r\n");
            if (message.kind() != Message.Kind.OVER) {
                text.append("  ")
                        .append(chinese ? notice.nextActionZh() : notice.nextAction())
                        .append("\r\n");
            }
            text.append("  ").append(chinese ? "开始于 " : "Since ").append(TIME.format(notice.since()));
            if (notice.endedAt() != null) {
                text.append(chinese ? "，结束于 " : ", until ").append(TIME.format(notice.endedAt()));
            }
            text.append("\r\n\r\n");
        }
        if (messages.size() > NOTICES_MOST) {
            int rest = messages.size() - NOTICES_MOST;
            text.append(chinese ? "另有 " + rest + " 条，请在控制台查看。" : rest + " more are in the console.")
                    .append("\r\n\r\n");
        }
        text.append(
                chinese
                        ? "-- \r\n由 " + box + " 发送。可在控制台的设置中更改收件人和规则。\r\n"
                        : "-- \r\nSent by " + box
                                + ". Recipients and rules are changed in the settings of its console.\r\n");
        return text.toString();
    }

    private static String title(Notice notice, boolean chinese) {
        return chinese ? notice.titleZh() : notice.title();
    }

    private static String kind(Message message, boolean chinese) {
        return switch (message.kind()) {
            case OVER -> chinese ? "已恢复" : "Over";
            case TEST -> chinese ? "测试" : "Test";
            case REMINDER ->
                (chinese ? "仍未处理，" : "Still ") + severity(message.notice().severity(), chinese);
            case BEGAN -> severity(message.notice().severity(), chinese);
        };
    }

    private static String severity(Severity severity, boolean chinese) {
        return switch (severity) {
            case CRITICAL -> chinese ? "严重" : "Critical";
            case WARNING -> chinese ? "警告" : "Warning";
            case INFO -> chinese ? "提示" : "Info";
        };
    }
}
