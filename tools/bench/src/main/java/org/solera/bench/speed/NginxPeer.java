// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.speed;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.solera.bench.appliance.Polling;
import org.solera.bench.appliance.Program;

/** A static file server on a loopback port, as the peer of object reads. */
final class NginxPeer implements Closeable {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final int port;

    private NginxPeer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the server.
     *
     * @param folder a new folder for its files
     * @throws IOException if the program is missing or does not start
     */
    static NginxPeer start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("www"));
        int port = freePort();
        Path config = Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port));
        Process process = Program.named("nginx")
                .arguments(
                        "-p",
                        folder.toString(),
                        "-c",
                        config.toString(),
                        "-e",
                        folder.resolve("error.log").toString())
                .start(folder.resolve("out.txt"));
        NginxPeer peer = new NginxPeer(process, port);
        boolean listening = false;
        try {
            listening = Polling.within(START_LIMIT, () -> !process.isAlive() || accepts(port)) && process.isAlive();
        } finally {
            if (!listening) {
                peer.close();
            }
        }
        if (!listening) {
            throw new IOException("nginx did not start: " + Files.readString(folder.resolve("out.txt")));
        }
        return peer;
    }

    private static String configuration(Path folder, int port) {
        return """
                daemon off;
                user %3$s;
                worker_processes auto;
                pid %1$s/nginx.pid;
                events { worker_connections 256; }
                http {
                  access_log off;
                  keepalive_requests 1000000;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  sendfile on;
                  server { listen 127.0.0.1:%2$d; root %1$s/www; }
                }
                """.formatted(folder, port, System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
