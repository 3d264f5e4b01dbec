// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** OpenLDAP's server with a few people, in a folder of its own, on the loopback. */
public final class Slapd implements AutoCloseable {
    public static final String SUFFIX = "dc=example,dc=org";
    public static final String SEARCH_DN = "cn=search," + SUFFIX;
    public static final String SEARCH_PASSWORD = "p4ssword-of-the-searcher";
    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
    private static final String ROOT_DN = "cn=root," + SUFFIX;
    private static final String ROOT_PASSWORD = "root of the tests";

    public final TestCertificates certificates;
    public final int port;
    final int tlsPort;
    private final Path folder;
    private Process process;

    /** @param folder empty; holds its files */
    public Slapd(Path folder) throws Exception {
        if (!Files.isExecutable(PROGRAM)) {
            throw new AssertionError("slapd is missing: install the Debian package 'slapd'.");
        }
        this.folder = folder;
        this.certificates = new TestCertificates(folder);
        this.port = freePort();
        this.tlsPort = freePort();
        Files.createDirectory(folder.resolve("db"));
        Files.writeString(folder.resolve("slapd.conf"), configuration());
        start();
        try (LDAPConnection root = new LDAPConnection("127.0.0.1", port, ROOT_DN, ROOT_PASSWORD)) {
            fill(root);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String configuration() {
        return String.join(
                "\n",
                "include /etc/ldap/schema/core.schema",
                "include /etc/ldap/schema/cosine.schema",
                "include /etc/ldap/schema/inetorgperson.schema",
                "pidfile " + folder.resolve("slapd.pid"),
                "argsfile " + folder.resolve("slapd.args"),
                "modulepath /usr/lib/ldap",
                "moduleload back_mdb",
                "moduleload memberof",
                "TLSCACertificateFile " + certificates.issuer,
                "TLSCertificateFile " + certificates.certificate,
                "TLSCertificateKeyFile " + certificates.key,
                "allow bind_anon_cred bind_anon_dn", // the worst case: an empty password is taken for nobody
                "database mdb",
                "maxsize 16777216",
                "suffix \"" + SUFFIX + "\"",
                "rootdn \"" + ROOT_DN + "\"",
                "rootpw \"" + ROOT_PASSWORD + "\"",
                "directory " + folder.resolve("db"),
                "overlay memberof",
                "memberof-group-oc groupOfNames",
                "access to attrs=userPassword by anonymous auth by * none",
                "access to * by dn.exact=\"" + SEARCH_DN + "\" read by * none",
                "");
    }

    void start() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-d",
                        "0",
                        "-f",
                        folder.resolve("slapd.conf").toString(),
                        "-h",
                        "ldap://127.0.0.1:" + port + "/ ldaps://127.0.0.1:" + tlsPort + "/")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("slapd.log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("slapd ended: " + Files.readString(folder.resolve("slapd.log")));
            }
            return answers();
        });
    }

    private boolean answers() {
        try (LDAPConnection connection = new LDAPConnection("127.0.0.1", port)) {
            return connection.isConnected();
        } catch (LDAPException notYet) {
            return false;
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    private static void fill(LDAPConnection root) throws LDAPException, LDIFException {
        root.add("dn: " + SUFFIX, "objectClass: dcObject", "objectClass: organization", "o: Example", "dc: example");
        root.add(
                "dn: " + SEARCH_DN,
                "objectClass: simpleSecurityObject",
                "objectClass: organizationalRole",
                "cn: search",
                "userPassword: " + SEARCH_PASSWORD);
        root.add("dn: ou=people," + SUFFIX, "objectClass: organizationalUnit", "ou: people");
        root.add("dn: ou=groups," + SUFFIX, "objectClass: organizationalUnit", "ou: groups");
        person(root, "alice", "Alice Example", "correct horse battery");
        person(root, "o(brien)*", "O'Brien", "an odd name has it");
        person(root, "twin", "First twin", "twins are alike");
        root.add("dn: ou=more,ou=people," + SUFFIX, "objectClass: organizationalUnit", "ou: more");
        root.add(
                "dn: cn=Second twin,ou=more,ou=people," + SUFFIX,
                "objectClass: inetOrgPerson",
                "cn: Second twin",
                "sn: twin",
                "uid: twin",
                "userPassword: twins are alike");
        root.add(
                "dn: uid=nopassword,ou=people," + SUFFIX,
                "objectClass: inetOrgPerson",
                "cn: Without a password",
                "sn: password",
                "uid: nopassword");
        root.add(
                "dn: cn=Operators,ou=groups," + SUFFIX,
                "objectClass: groupOfNames",
                "cn: Operators",
                "member: uid=alice,ou=people," + SUFFIX);
        root.add(
                "dn: cn=Photographers,ou=groups," + SUFFIX,
                "objectClass: groupOfUniqueNames",
                "cn: Photographers",
                "uniqueMember: uid=alice,ou=people," + SUFFIX);
        root.add(
                "dn: cn=Others,ou=groups," + SUFFIX,
                "objectClass: groupOfNames",
                "cn: Others",
                "member: uid=twin,ou=people," + SUFFIX);
    }

    private static void person(LDAPConnection root, String uid, String name, String password)
            throws LDAPException, LDIFException {
        root.add(
                "dn: uid=" + uid + ",ou=people," + SUFFIX,
                "objectClass: inetOrgPerson",
                "cn: " + name,
                "sn: " + uid,
                "uid: " + uid,
                "mail: " + name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]", ".") + "@example.org",
                "userPassword: " + password);
    }
}
