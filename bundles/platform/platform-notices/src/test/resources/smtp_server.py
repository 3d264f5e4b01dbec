# SPDX-License-Identifier: Apache-2.0
# A mail server for tests: python3 smtp_server.py MODE CERTIFICATE KEY, MODE being plain, starttls, tls or auth.
# Prints its port, then each mail between BEGIN and END. Ends when its input ends.
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Print:
    async def handle_DATA(self, server, session, envelope):
        who = session.auth_data.login.decode() if session.auth_data else "-"
        secure = "secure" if session.ssl or server.transport.get_extra_info("ssl_object") else "clear"
        sys.stdout.write("BEGIN %s %s %s %s\n" % (who, secure, envelope.mail_from, ",".join(envelope.rcpt_tos)))
        sys.stdout.write(envelope.content.decode("utf-8").replace("\r\n", "\n"))
        sys.stdout.write("\nEND\n")
        sys.stdout.flush()
        return "250 taken"


def check(server, session, envelope, mechanism, data):
    right = data.login == b"box" and data.password == "pass wörd".encode()
    return AuthResult(success=right, handled=False, auth_data=data)


mode, certificate, key = sys.argv[1:4]
context = None
if mode != "plain":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
options = {"hostname": "127.0.0.1", "port": 0}
if mode == "tls":
    options["ssl_context"] = context
if mode in ("starttls", "auth"):
    options["tls_context"] = context
    options["require_starttls"] = True
if mode == "auth":
    options["authenticator"] = check
    options["auth_required"] = True


class AnyPort(Controller):
    def _trigger_server(self):
        # The port is chosen by the system, so it is known only now.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


controller = AnyPort(Print(), **options)
controller.start()
print(controller.server.sockets[0].getsockname()[1], flush=True)
sys.stdin.read()
controller.stop()
