// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.felix.service.command.CommandSession;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditPage;
import org.solera.platform.api.audit.AuditQuery;
import org.solera.platform.api.audit.AuditVerdict;

class ShellAuditTest {
    @TempDir
    Path folder;

    private final Kept audit = new Kept();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final Map<String, Object> variables = new HashMap<>();
    private CommandSession session;
    private Session shell;
    private ShellAudit listener;

    /** Keeps what is recorded as lines; can be full. */
    private static final class Kept implements Audit {
        final List<String> lines = new ArrayList<>();
        boolean full;

        @Override
        public Entry begin(AuditEvent event) throws SoleraException {
            if (full) {
                throw new SoleraException(PlatformError.BUSY, "The disk is full.", "Free some.", null);
            }
            lines.add("begun %s %s %s %s".formatted(event.who(), event.action(), event.origin(), event.target()));
            return new Entry() {
                private boolean ended;

                private void end(String how) {
                    if (!ended) {
                        lines.add(how);
                    }
                    ended = true;
                }

                @Override
                public void done() {
                    end("done");
                }

                @Override
                public void failed(String code, String message) {
                    end("failed " + code + " " + message);
                }

                @Override
                public void close() {
                    end("interrupted");
                }
            };
        }

        @Override
        public void note(AuditEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refused(AuditEvent event, String code, String message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AuditPage search(AuditQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AuditVerdict verify() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void export(Instant from, Instant to, OutputStream out) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void start() {
        shell = proxy(Session.class, Map.of());
        session = proxy(CommandSession.class, variables);
        variables.put(".session", shell);
        for (String each : List.of("bundle:stop", "settings:set", "users:create", "source")) {
            variables.put(each, new Object());
        }
        listener = version();
    }

    private ShellAudit version() {
        ShellAudit made = new ShellAudit(new InitScripts(folder.toString(), "init,scripts/*.script"));
        made.bindAudit(audit, Map.of());
        return made;
    }

    private <T> T proxy(Class<T> type, Map<String, Object> values) {
        PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "get" -> values.get(arguments[0]);
                    case "put" -> values.put((String) arguments[0], arguments[1]);
                    case "getConsole" -> out;
                    case "resolveCommand" -> arguments[0].equals("stop") ? "bundle:stop" : arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> null;
                }));
    }

    private void ends(String line, Exception failure) {
        listener.beforeExecute(session, line);
        if (failure == null) {
            listener.afterExecute(session, line, (Object) null);
        } else {
            listener.afterExecute(session, line, failure);
        }
    }

    @Test
    void aChangeIsRecordedBeforeAndAfter() {
        listener.beforeExecute(session, "stop 12");
        assertEquals(List.of("begun - bundle.stop local stop 12"), audit.lines);
        listener.afterExecute(session, "stop 12", (Object) null);
        assertEquals(List.of("begun - bundle.stop local stop 12", "done"), audit.lines);
    }

    @Test
    void readingIsNotRecorded() {
        ends("platform:health | grep x", null);
        assertEquals(List.of(), audit.lines);
    }

    @Test
    @SuppressWarnings("removal")
    void whoAndFromWhereAreThoseOfTheLogin() {
        Subject subject = new Subject(
                true,
                Set.of(new UserPrincipal("anna"), new ClientPrincipal("ssh", "/127.0.0.9:4711")),
                Set.of(),
                Set.of());
        Subject.doAs(subject, (PrivilegedAction<Void>) () -> {
            ends("bundle:stop 1", null);
            return null;
        });
        assertEquals("begun anna bundle.stop ssh:127.0.0.9 bundle:stop 1", audit.lines.get(0));
    }

    @Test
    void secretsAreNeverRecorded() {
        ends("settings:set mail password=verysecret", new IllegalStateException("token verysecret is wrong"));
        assertTrue(audit.lines.stream().noneMatch(each -> each.contains("verysecret")), audit.lines.toString());
        assertEquals(
                "x --password ***", listener.filter("x --password verysecret").toString());
    }

    @Test
    void aPasswordTypedAtTheWrongMomentIsNotRecorded() {
        ends("Another-Horse-43", new IllegalStateException("Command not found: Another-Horse-43"));
        ends("some:pass word", new IllegalStateException("Command not found: some:pass"));
        assertEquals(
                List.of(
                        "begun - shell.unknown local ",
                        "failed INTERNAL ",
                        "begun - shell.unknown local ",
                        "failed INTERNAL "),
                audit.lines);
    }

    @Test
    void theAddressIsReadFromTheLogin() {
        assertEquals("ssh:127.0.0.1", Origins.address("ssh(/127.0.0.1:4711)"));
        assertEquals("ssh:10.0.0.9", Origins.address("ssh(host.name/10.0.0.9:1)"));
        assertEquals("ssh:fe80:0:0:0:1:2:3:4%eth0", Origins.address("ssh(/[fe80:0:0:0:1:2:3:4%eth0]:22)"));
        assertEquals(null, Origins.address("ssh"));
        assertEquals(null, Origins.address("ssh()"));
    }

    @Test
    void failuresKeepTheirCode() {
        SoleraException refusal = new SoleraException(PlatformError.CONFLICT, "Taken.", "", null);
        ends("users:create a", new CommandException("Taken.", refusal));
        ends("users:create b", new SecurityException("Insufficient credentials."));
        ends("users:create c", new IllegalStateException("Odd."));
        assertEquals(
                List.of("failed CONFLICT Taken.", "failed FORBIDDEN Insufficient credentials.", "failed INTERNAL Odd."),
                audit.lines.stream().filter(each -> each.startsWith("failed")).toList());
    }

    @Test
    void whatCannotBeRecordedDoesNotRun() {
        audit.full = true;
        String line = "bundle:stop 12";
        listener.beforeExecute(session, line);
        Session given = (Session) variables.get(".session");
        assertThrows(IllegalStateException.class, given::getRegistry);
        assertTrue(console.toString(StandardCharsets.UTF_8).contains("The disk is full. Free some."));
        listener.afterExecute(session, line, new IllegalStateException());
        assertSame(shell, variables.get(".session"));
        audit.full = false;
        ends("bundle:stop 13", null);
        assertEquals(List.of("begun - bundle.stop local bundle:stop 13", "done"), audit.lines);
    }

    @Test
    void aReadingLineRunsEvenIfNothingCanBeRecorded() {
        audit.full = true;
        ends("platform:health", null);
        assertSame(shell, variables.get(".session"));
        assertEquals("", console.toString(StandardCharsets.UTF_8));
    }

    @Test
    void linesInsideLinesEndInTheirOrder() {
        String outer = "source x";
        listener.beforeExecute(session, outer);
        ends("bundle:stop 1", null);
        ends("platform:health", null);
        String lost = "bundle:stop 2";
        listener.beforeExecute(session, lost);
        listener.afterExecute(session, outer, (Object) null);
        assertEquals(
                List.of(
                        "begun - source local source x",
                        "begun - bundle.stop local bundle:stop 1",
                        "done",
                        "begun - bundle.stop local bundle:stop 2",
                        "interrupted",
                        "done"),
                audit.lines);
    }

    @Test
    void ofTwoVersionsOneRecords() {
        ShellAudit other = version();
        String line = "bundle:stop 1";
        listener.beforeExecute(session, line);
        other.beforeExecute(session, line);
        listener.afterExecute(session, line, (Object) null);
        other.afterExecute(session, line, (Object) null);
        assertEquals(2, audit.lines.size());
        ends("bundle:stop 2", null);
        assertEquals(4, audit.lines.size());
    }

    @Test
    void theScriptOfEverySessionIsNobodysWish() throws Exception {
        Files.writeString(folder.resolve("init"), "a = { bundle:stop }\nb = 2\n");
        ends("a = { bundle:stop }\nb = 2", null);
        assertEquals(List.of(), audit.lines);
        ends("a = { bundle:stop }\nb = 3", null);
        assertEquals(2, audit.lines.size());
    }
}
