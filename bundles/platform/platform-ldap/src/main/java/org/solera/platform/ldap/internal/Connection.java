// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with the directory under one deadline. Confined to one thread, but for {@link #close}, which ends a
 * conversation that takes too long.
 */
final class Connection implements AutoCloseable {
    private static final int LARGEST_MESSAGE = 4 << 20;

    private final LdapSettings settings;
    private final long deadline;
    private volatile @Nullable LDAPConnection open;
    private volatile boolean closed;

    Connection(LdapSettings settings) {
        this.settings = settings;
        this.deadline = System.nanoTime() + settings.limit().toNanos();
    }

    /** {@return what is left of the time, in milliseconds; at least 1} */
    long leftMillis() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }

    /** Connects to the first address that answers and encrypts the connection as the settings say. */
    void connect() throws DirectoryException {
        DirectoryException last = null;
        int others = settings.addresses().size();
        for (LdapAddress address : settings.addresses()) {
            try {
                connect(address, (int) (leftMillis() / others--));
                return;
            } catch (LDAPException failure) {
                close(open);
                last = DirectoryException.away(
                        "The directory %s cannot be reached: %s.".formatted(address, reason(failure)), failure);
            }
        }
        throw last == null ? DirectoryException.away("No address is known.", null) : last;
    }

    private void connect(LdapAddress address, int limitMillis) throws LDAPException {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setUseSynchronousMode(true); // no thread per connection
        options.setConnectTimeoutMillis(limitMillis);
        options.setResponseTimeoutMillis(limitMillis);
        options.setAbandonOnTimeout(false);
        options.setFollowReferrals(false);
        options.setMaxMessageSize(LARGEST_MESSAGE);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        LDAPConnection connection = address.tls()
                ? new LDAPConnection(settings.tls().getSocketFactory(), options)
                : new LDAPConnection(options);
        open = connection;
        connection.connect(address.host(), address.port(), Math.max(1, limitMillis));
        if (!address.tls() && settings.startTls()) {
            StartTLSExtendedRequest request = new StartTLSExtendedRequest(settings.tls());
            request.setResponseTimeoutMillis(limitMillis);
            ExtendedResult result = connection.processExtendedOperation(request);
            if (result.getResultCode() != ResultCode.SUCCESS) {
                throw new LDAPException(result);
            }
        }
        if (closed) {
            throw new LDAPException(ResultCode.TIMEOUT, "the time is over");
        }
    }

    /** Becomes the account that searches, or nobody. */
    void bindToSearch() throws DirectoryException {
        try {
            bind(
                    settings.bindDn().isEmpty()
                            ? new SimpleBindRequest()
                            : new SimpleBindRequest(settings.bindDn(), settings.bindPassword()));
        } catch (LDAPException failure) {
            throw refused(failure)
                    ? DirectoryException.mismatch(
                            "The directory does not accept '%s' and its password.".formatted(settings.bindDn()),
                            failure)
                    : failed(failure);
        }
    }

    /** {@return whether the password opens the entry} */
    boolean opens(String dn, byte[] password) throws DirectoryException {
        if (dn.isEmpty() || password.length == 0) {
            return false; // the directory would take either for nobody, and say yes
        }
        try {
            bind(new SimpleBindRequest(dn, password));
            return true;
        } catch (LDAPException failure) {
            if (refused(failure)) {
                return false;
            }
            throw failed(failure);
        }
    }

    private void bind(BindRequest request) throws LDAPException {
        request.setResponseTimeoutMillis(leftMillis());
        connection().bind(request);
    }

    /** Searches; {@return nothing when more entries match than the request allows} */
    Optional<SearchResult> search(SearchRequest request) throws DirectoryException {
        try {
            request.setResponseTimeoutMillis(leftMillis());
            request.setTimeLimitSeconds((int) (1 + leftMillis() / 1000));
            return Optional.of(connection().search(request));
        } catch (LDAPException failure) {
            if (failure.getResultCode() == ResultCode.SIZE_LIMIT_EXCEEDED) {
                return Optional.empty();
            }
            throw failure.getResultCode() == ResultCode.NO_SUCH_OBJECT
                    ? DirectoryException.mismatch(
                            "The directory has no entry '%s'.".formatted(request.getBaseDN()), failure)
                    : failed(failure);
        }
    }

    private LDAPConnection connection() throws LDAPException {
        LDAPConnection connection = open;
        if (connection == null || closed) {
            throw new LDAPException(ResultCode.TIMEOUT, "the time is over");
        }
        return connection;
    }

    /** Codes by which directories refuse a name and a password, locked and expired accounts included. */
    private static boolean refused(LDAPException failure) {
        ResultCode code = failure.getResultCode();
        return code == ResultCode.INVALID_CREDENTIALS
                || code == ResultCode.NO_SUCH_OBJECT
                || code == ResultCode.UNWILLING_TO_PERFORM
                || code == ResultCode.INAPPROPRIATE_AUTHENTICATION
                || code == ResultCode.CONSTRAINT_VIOLATION
                || code == ResultCode.INSUFFICIENT_ACCESS_RIGHTS;
    }

    private static DirectoryException failed(LDAPException failure) {
        return DirectoryException.away("The directory failed to answer: %s.".formatted(reason(failure)), failure);
    }

    private static String reason(LDAPException failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = String.valueOf(root.getMessage()).strip();
        String shortened = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        return failure.getResultCode().getName() + ", "
                + (shortened.endsWith(".") ? shortened.substring(0, shortened.length() - 1) : shortened);
    }

    @Override
    public void close() {
        closed = true;
        close(open);
    }

    private static void close(@Nullable LDAPConnection connection) {
        if (connection != null) {
            connection.close();
        }
    }
}
