// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;

/** The OpenID provider glewlwyd over HTTPS, with one person and one client, in a folder of its own, on the loopback. */
public final class Glewlwyd implements AutoCloseable {
    public static final String CLIENT = "solera";
    public static final String SECRET = "secret-of-the-client";
    public static final String PERSON = "oscar";
    public static final String PASSWORD = "correct horse battery";
    private static final Path PROGRAM = Path.of("/usr/bin/glewlwyd");
    private static final Path TABLES = Path.of("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3");
    private static final Path SQLITE = Path.of("/usr/bin/sqlite3");

    public final TestCertificates certificates;
    private final Path folder;
    private final int port;
    private final HttpClient client;
    private Process process;

    /**
     * @param keys by which it signs; the first one signs
     * @param redirect where it may send browsers
     */
    public Glewlwyd(Path folder, List<JsonWebKey> keys, String redirect) throws Exception {
        needs(PROGRAM, "glewlwyd");
        needs(TABLES, "glewlwyd");
        needs(SQLITE, "sqlite3");
        this.folder = folder;
        this.certificates = new TestCertificates(folder);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        this.client = HttpClient.newBuilder()
                .sslContext(Certificates.trusting(certificates.issuerPem()))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        Files.writeString(folder.resolve("glewlwyd.conf"), configuration());
        createDatabase();
        start();
        configure(keys, redirect);
    }

    private static void needs(Path file, String debianPackage) {
        if (!Files.exists(file)) {
            throw new AssertionError("%s is missing: install the Debian package '%s'.".formatted(file, debianPackage));
        }
    }

    /** {@return how it names itself} */
    public String issuer() {
        return api("/oidc");
    }

    private String api(String path) {
        return "https://127.0.0.1:" + port + "/api" + path;
    }

    private String configuration() {
        return String.join(
                "\n",
                "port=" + port,
                "bind_address=\"127.0.0.1\"",
                "external_url=\"https://127.0.0.1:" + port + "\"",
                "login_url=\"login.html\"",
                "api_prefix=\"api\"",
                "log_mode=\"console\"",
                "log_level=\"WARNING\"",
                "cookie_secure=1",
                "session_key=\"session\"",
                "admin_scope=\"g_admin\"",
                "profile_scope=\"g_profile\"",
                "user_module_path=\"/usr/lib/glewlwyd/user\"",
                "client_module_path=\"/usr/lib/glewlwyd/client\"",
                "user_auth_scheme_module_path=\"/usr/lib/glewlwyd/scheme\"",
                "plugin_module_path=\"/usr/lib/glewlwyd/plugin\"",
                "use_secure_connection=true",
                "secure_connection_key_file=\"" + certificates.key + "\"",
                "secure_connection_pem_file=\"" + certificates.certificate + "\"",
                "hash_algorithm=\"SHA512\"",
                "database = { type = \"sqlite3\"; path = \"" + folder.resolve("glewlwyd.db") + "\"; };",
                "");
    }

    private void createDatabase() throws Exception {
        Process sqlite = new ProcessBuilder(
                        SQLITE.toString(), folder.resolve("glewlwyd.db").toString())
                .redirectInput(TABLES.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sqlite.log").toFile())
                .start();
        if (!sqlite.waitFor(60, TimeUnit.SECONDS) || sqlite.exitValue() != 0) {
            throw new AssertionError("sqlite3: " + Files.readString(folder.resolve("sqlite.log")));
        }
    }

    void start() throws IOException {
        Path log = folder.resolve("glewlwyd.log");
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-c",
                        folder.resolve("glewlwyd.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("glewlwyd ended: " + Files.readString(log));
            }
            return answers();
        });
    }

    private boolean answers() throws InterruptedException {
        try {
            return client.send(
                                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/config"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
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

    private void configure(List<JsonWebKey> keys, String redirect) throws Exception {
        Visitor admin = visitor();
        admin.signIn("admin", "password");
        Map<String, Object> people = admin.json("GET", "/mod/user/database", "");
        @SuppressWarnings("unchecked")
        Map<String, Object> formats =
                (Map<String, Object>) ((Map<String, Object>) people.get("parameters")).get("data-format");
        formats.put("groups", Map.of("multiple", true, "read", true, "write", true));
        admin.json("PUT", "/mod/user/database", JsonUtil.toJson(people));
        admin.json("PUT", "/mod/user/database/reset/", "");
        admin.json("POST", "/mod/plugin/", plugin(keys));
        admin.json(
                "POST",
                "/user/",
                JsonUtil.toJson(Map.of(
                        "username",
                        PERSON,
                        "name",
                        "Oscar Example",
                        "email",
                        "oscar@example.org",
                        "password",
                        PASSWORD,
                        "enabled",
                        true,
                        "scope",
                        List.of("openid", "g_profile"),
                        "groups",
                        List.of("operators", "photographers"))));
        admin.json(
                "POST",
                "/client/",
                JsonUtil.toJson(Map.of(
                        "client_id",
                        CLIENT,
                        "name",
                        "Solera",
                        "confidential",
                        true,
                        "enabled",
                        true,
                        "client_secret",
                        SECRET,
                        "redirect_uri",
                        List.of(redirect),
                        "authorization_type",
                        List.of("code"),
                        "token_endpoint_auth_method",
                        List.of("client_secret_basic", "client_secret_post"),
                        "scope",
                        List.of())));
    }

    /** Lets the provider sign by other keys; the first one signs. */
    void rotate(List<JsonWebKey> keys) throws Exception {
        Visitor admin = visitor();
        admin.signIn("admin", "password");
        admin.json("PUT", "/mod/plugin/oidc", plugin(keys));
        admin.json("PUT", "/mod/plugin/oidc/reset/", "");
    }

    private String plugin(List<JsonWebKey> keys) {
        Map<String, Object> parameters = new java.util.HashMap<>();
        parameters.put("iss", issuer());
        parameters.put("jwks-private", new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        parameters.put("default-kid", keys.get(0).getKeyId());
        parameters.put("access-token-duration", 600);
        parameters.put("refresh-token-duration", 600);
        parameters.put("code-duration", 60);
        parameters.put("refresh-token-rolling", false);
        parameters.put("allow-non-oidc", false);
        for (String type : List.of("token", "none", "password", "client", "device", "refresh")) {
            parameters.put("auth-type-" + type + "-enabled", false);
        }
        parameters.put("auth-type-code-enabled", true);
        parameters.put("auth-type-id-token-enabled", true);
        parameters.put("pkce-allowed", true);
        parameters.put("pkce-required", true);
        parameters.put("pkce-method-plain-allowed", false);
        parameters.put("jwks-show", true);
        parameters.put("name-claim", "mandatory");
        parameters.put("email-claim", "mandatory");
        parameters.put("scope-claim", "no");
        parameters.put("subject-type", "public");
        parameters.put("oauth-as-iss-id", true);
        List<Object> claims = new ArrayList<>();
        for (Map.Entry<String, String> claim :
                Map.of("preferred_username", "username", "groups", "groups").entrySet()) {
            claims.add(Map.of(
                    "name", claim.getKey(),
                    "user-property", claim.getValue(),
                    "type", "string",
                    "mandatory", true,
                    "scope", List.of()));
        }
        parameters.put("claims", claims);
        return JsonUtil.toJson(Map.of(
                "module", "oidc",
                "name", "oidc",
                "display_name", "OpenID Connect",
                "order_rank", 0,
                "parameters", parameters));
    }

    /** {@return a browser that knows nothing yet} */
    public Visitor visitor() {
        return new Visitor();
    }

    /** What a browser does at the provider. */
    public final class Visitor {
        private String cookie = "";

        /** {@return where the provider sends the browser after sign-in and consent} */
        public String follow(String address) throws Exception {
            String login =
                    send("GET", address, "").headers().firstValue("Location").orElse("");
            if (!login.contains("/login.html")) {
                throw new AssertionError("the provider asks for no sign-in: " + login);
            }
            signIn(PERSON, PASSWORD);
            json("PUT", "/auth/grant/" + CLIENT, "{\"scope\":\"openid\"}");
            return send("GET", address + "&g_continue", "")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
        }

        void signIn(String name, String password) throws Exception {
            json("POST", "/auth/", JsonUtil.toJson(Map.of("username", name, "password", password)));
        }

        Map<String, Object> json(String method, String path, String body) throws Exception {
            HttpResponse<String> answer = send(method, api(path), body);
            if (answer.statusCode() != 200) {
                throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().startsWith("{") ? JsonUtil.parseJson(answer.body()) : Map.of();
        }

        private HttpResponse<String> send(String method, String address, String body) throws Exception {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .timeout(Duration.ofSeconds(30))
                            .header("Content-Type", "application/json")
                            .header("Cookie", cookie)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
            return answer;
        }
    }
}
