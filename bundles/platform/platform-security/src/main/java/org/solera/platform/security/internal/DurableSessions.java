// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.ExternalPerson;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.SignIn;
import org.solera.platform.api.spi.MetricSource;

/** Signs people in and out of browsers, over the {@link SessionTable}. */
@Component(service = {Sessions.class, MetricSource.class})
public final class DurableSessions implements Sessions, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(DurableSessions.class);

    private final AccountBook book;
    private final SessionTable table;
    private final PasswordCheck passwords;
    private final SecondFactors factors;
    private final LongAdder vouched = new LongAdder();
    private final LongAdder wrongCodes = new LongAdder();

    @Activate
    public DurableSessions(
            @Reference AccountBook book,
            @Reference SessionTable table,
            @Reference PasswordCheck passwords,
            @Reference SecondFactors factors) {
        this.book = book;
        this.table = table;
        this.passwords = passwords;
        this.factors = factors;
    }

    @Override
    public Outcome signIn(SignIn attempt) throws SoleraException {
        Optional<AccountRow.UserRow> row = passwords.check(attempt.name(), attempt.password(), attempt.origin());
        if (row.isEmpty()) {
            return new Outcome.Refused();
        }
        String name = row.get().user().name();
        if (row.get().user().secondFactor()) {
            if (attempt.code().isBlank()) {
                return new Outcome.SecondFactorNeeded();
            }
            if (!factors.take(name, attempt.code())) {
                wrongCodes.increment();
                log.info("A code of {} from {} was refused.", name, attempt.origin());
                return new Outcome.Refused();
            }
        }
        return begin(name, attempt.origin(), attempt.agent());
    }

    @Override
    public Outcome.SignedIn vouch(ExternalPerson person, String origin, String agent) throws SoleraException {
        AccountRow.UserRow row =
                passwords.external().admit(person, passwords.clock().instant());
        vouched.increment();
        return begin(row.user().name(), origin, agent);
    }

    private Outcome.SignedIn begin(String name, String origin, String agent) {
        passwords.signedIn(name);
        SessionTable.Begun begun = table.begin(name, origin, agent);
        log.info("{} signed in from {}.", name, origin);
        return new Outcome.SignedIn(session(begun.session()), begun.secret());
    }

    private Session session(LiveSession live) {
        AccountRow.SessionRow begun = live.begun();
        Snapshot now = book.snapshot();
        return new Session(
                begun.id(),
                now.identity(begun.user()),
                live.csrf(),
                begun.origin(),
                begun.agent(),
                begun.since(),
                begun.until(),
                now.user(begun.user())
                        .map(row -> row.user().mustChangePassword())
                        .orElse(false));
    }

    @Override
    public Optional<Session> find(String secret) {
        return table.find(secret).map(this::session);
    }

    @Override
    public void end(String secret) {
        table.end(secret);
    }

    @Override
    public List<Session> of(String user) {
        return table.of(user).stream().map(this::session).toList();
    }

    @Override
    public boolean end(String user, String id) {
        return table.end(user, id);
    }

    @Override
    public void collect(Sink sink) {
        Snapshot now = book.snapshot();
        sink.gauge("solera_platform_sessions", "Browsers that are signed in", table.size());
        sink.gauge("solera_platform_users", "Users", now.users().size());
        sink.gauge(
                "solera_platform_tokens",
                "Bearer tokens, expired ones included",
                now.tokens().size());
        sink.gauge(
                "solera_platform_access_keys",
                "Access keys, all states",
                now.keys().size());
        String name = "solera_platform_logins_total";
        String help = "Checks of passwords and codes that were not answered from memory";
        sink.counter(name, help, passwords.right(), "outcome", "right");
        sink.counter(name, help, passwords.wrong(), "outcome", "wrong");
        sink.counter(name, help, wrongCodes.sum(), "outcome", "wrong_code");
        sink.counter(name, help, passwords.throttled(), "outcome", "throttled");
        sink.counter(name, help, vouched.sum(), "outcome", "vouched");
        sink.counter(
                "solera_platform_logins_refused_total",
                "Logins that were refused",
                passwords.wrong() + passwords.throttled() + wrongCodes.sum());
    }
}
