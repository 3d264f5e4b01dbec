// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.karaf.shell.api.console.CommandLoggingFilter;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.ShellUtil;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;

/**
 * Records every line of the shell that may change something: before it runs, and its outcome. A line whose wish cannot be
 * recorded does not run. While two versions of this bundle are there, the first one asked records. Thread-safe.
 */
@Component(service = {CommandSessionListener.class, CommandLoggingFilter.class})
public final class ShellAudit implements CommandSessionListener, CommandLoggingFilter {
    private static final Logger log = LoggerFactory.getLogger(ShellAudit.class);

    /** Session variable with the line that is being recorded, for another version of this bundle. */
    private static final String RECORDED = ".solera.recorded";

    private static final String SESSION = ".session";
    private static final int DEEPEST = 100;

    /** Action of a line without any command that exists: a password typed at the wrong moment, most of all. */
    private static final String UNKNOWN = "shell.unknown";

    /** A line under way; {@code entry} is null if it only reads, was refused, or is recorded by another version. */
    private record Running(
            CharSequence line,
            Audit.@Nullable Entry entry,
            @Nullable Object session,
            boolean known) {}

    private final ServiceGate<Audit> audits = new ServiceGate<>("The audit");
    private final InitScripts scripts;
    private final Map<CommandSession, Deque<Running>> running = new WeakHashMap<>(); // guarded by itself

    @Activate
    public ShellAudit() {
        this(new InitScripts(System.getProperty("karaf.etc", ""), System.getProperty("karaf.shell.init.script", "")));
    }

    ShellAudit(InitScripts scripts) {
        this.scripts = scripts;
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindAudit(Audit service, Map<String, ?> properties) {
        audits.bind(service, properties);
    }

    void unbindAudit(Audit service) {
        if (!audits.unbind(service)) {
            log.warn("The audit left while a command was being recorded.");
        }
    }

    /** Keeps secrets out of the log of the shell as well. */
    @Override
    public CharSequence filter(CharSequence line) {
        return Secrets.mask(line.toString());
    }

    @Override
    public void beforeExecute(CommandSession session, CharSequence line) {
        Optional<String> change = scripts.isOne(line.toString()) || session.get(RECORDED) == line
                ? Optional.empty()
                : CommandLine.change(line.toString(), word -> resolve(session, word));
        push(session, change.isEmpty() ? new Running(line, null, null, true) : begin(session, line, change.get()));
    }

    private static String resolve(CommandSession session, String word) {
        Object shell = session.get(SESSION);
        String name = shell instanceof Session known ? known.resolveCommand(word) : null;
        return name == null ? word : name;
    }

    private Running begin(CommandSession session, CharSequence line, String command) {
        session.put(RECORDED, line);
        String who = ShellUtil.getCurrentUserName();
        boolean known = known(session, line.toString());
        AuditEvent event = new AuditEvent(
                who == null ? "-" : who,
                known ? command.replace(':', '.') : UNKNOWN,
                known ? Secrets.mask(line.toString().strip()) : "",
                Origins.current(),
                "shell",
                Map.of());
        try (ServiceGate.Use<Audit> use = audits.enter()) {
            return new Running(line, use.service().begin(event), null, known);
        } catch (SoleraException refusal) {
            return refuse(session, line, refusal.explain());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return refuse(session, line, "It was interrupted before it began.");
        }
    }

    /** Whether anything in the line can run at all. */
    private static boolean known(CommandSession session, String line) {
        return CommandLine.statements(line).stream()
                .map(words -> words.get(0))
                .anyMatch(word -> word.startsWith("$")
                        || CommandLine.ofTheProduct(word)
                        || session.get(resolve(session, word)) != null);
    }

    private static Running refuse(CommandSession session, CharSequence line, String why) {
        session.getConsole().println("The command does not run, because it cannot be recorded. " + why);
        Object shell = session.get(SESSION);
        if (shell instanceof Session known) {
            session.put(SESSION, RefusedSession.of(known, why));
            return new Running(line, null, known, true);
        }
        return new Running(line, null, null, true);
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence line, Exception failure) {
        end(session, line, failure);
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence line, Object result) {
        end(session, line, null);
    }

    private void push(CommandSession session, Running line) {
        synchronized (running) {
            Deque<Running> lines = running.computeIfAbsent(session, key -> new ArrayDeque<>());
            if (lines.size() >= DEEPEST) {
                close(lines.removeLast());
            }
            lines.push(line);
        }
    }

    /** Ends the line and those inside it that ended without a word. */
    private void end(CommandSession session, CharSequence line, @Nullable Exception failure) {
        while (true) {
            Running last;
            synchronized (running) {
                Deque<Running> lines = running.get(session);
                last = lines == null ? null : lines.poll();
                if (lines != null && lines.isEmpty()) {
                    running.remove(session);
                }
            }
            if (last == null) {
                return;
            }
            boolean own = last.line() == line;
            if (last.session() != null) {
                session.put(SESSION, last.session());
            }
            if (session.get(RECORDED) == last.line()) {
                session.put(RECORDED, null);
            }
            if (own) {
                tell(last, failure);
                return;
            }
            close(last);
        }
    }

    private static void close(Running line) {
        Audit.Entry entry = line.entry();
        if (entry != null) {
            entry.close();
        }
    }

    private static void tell(Running line, @Nullable Exception failure) {
        Audit.Entry entry = line.entry();
        if (entry == null) {
            return;
        }
        try (entry) {
            if (failure == null) {
                entry.done();
            } else {
                String message = line.known() ? Secrets.mask(String.valueOf(failure.getMessage())) : "";
                entry.failed(code(failure), message);
            }
        }
    }

    private static String code(Exception failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SoleraException known) {
                return known.code().name();
            }
            if (each instanceof SecurityException) {
                return PlatformError.FORBIDDEN.name();
            }
        }
        return switch (failure.getClass().getSimpleName()) {
            case "CommandNotFoundException" -> PlatformError.NOT_FOUND.name();
            case "CommandException" -> PlatformError.INVALID_REQUEST.name();
            default -> PlatformError.INTERNAL.name();
        };
    }
}
