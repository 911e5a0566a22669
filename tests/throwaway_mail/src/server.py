# Serves SMTP and IMAP until its input ends. aiosmtpd writes into the mailboxes that Dovecot reads.
import asyncio
import grp
import mailbox
import os
import pwd
import socket
import ssl
import subprocess
import sys
import threading
import time

from aiosmtpd.smtp import MISSING, SMTP, AuthResult

FOLDER = os.getcwd()
SMTPS, STARTTLS, PLAIN, IMAPS, IMAP = (int(port) for port in sys.argv[1:6])
PASSWORD = sys.argv[6]
BUSY = {}


def authenticate(server, session, envelope, mechanism, data):
    good = data.password == PASSWORD.encode()
    return AuthResult(success=good, handled=False)


class Handler:
    async def auth_XOAUTH2(self, server, args):
        import base64

        if len(args) == 1:
            shown = await server.challenge_auth("")
            if shown is MISSING:
                return AuthResult(success=False)
        else:
            shown = base64.b64decode(args[1])
        good = shown.split(b"\x01")[1] == b"auth=Bearer " + PASSWORD.encode()
        return AuthResult(success=good, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "refused":
            return "550 5.1.1 nobody of this name"
        if name == "busy":
            BUSY[address] = BUSY.get(address, 0) + 1
            if BUSY[address] <= 2:
                return "451 4.3.0 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            path = os.path.join(FOLDER, "mail", address)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            mailbox.Maildir(path, factory=None, create=True).add(envelope.original_content)
        return "250 taken"


OPEN = 0


def counted(change):
    global OPEN
    OPEN += change
    with open("connections.new", "w") as file:
        file.write(str(OPEN))
    os.rename("connections.new", "connections")


class Counted(SMTP):
    upgraded = False

    def connection_made(self, transport):
        if not self.upgraded:
            counted(1)
        self.upgraded = True
        super().connection_made(transport)

    def connection_lost(self, error):
        counted(-1)
        super().connection_lost(error)


def dovecot():
    user, group = pwd.getpwuid(os.getuid()), grp.getgrgid(os.getgid())
    filled = {
        "folder": FOLDER, "user": user.pw_name, "group": group.gr_name, "uid": str(os.getuid()),
        "gid": str(os.getgid()), "imap": str(IMAP), "imaps": str(IMAPS), "password": PASSWORD,
    }
    with open("dovecot.conf") as file:
        text = file.read()
    for name, value in filled.items():
        text = text.replace(f"@{name}@", value)
    with open("dovecot.conf", "w") as file:
        file.write(text)
    return subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", "dovecot.conf"], stdin=subprocess.DEVNULL,
                            stdout=sys.stderr)


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            return connection.recv(1) == b"*"
    except OSError:
        return False


async def serve():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("cert.pem", "key.pem")
    loop = asyncio.get_running_loop()
    common = {"authenticator": authenticate, "data_size_limit": 32 << 20}
    signed_in = {"auth_required": True, "auth_require_tls": False}
    secret = {"tls_context": context, "require_starttls": True, "auth_required": True}
    await loop.create_server(lambda: Counted(Handler(), **common, **signed_in), "127.0.0.1", SMTPS, ssl=context)
    await loop.create_server(lambda: Counted(Handler(), **common, **secret), "127.0.0.1", STARTTLS)
    await loop.create_server(lambda: Counted(Handler(), **common), "127.0.0.1", PLAIN)
    child = dovecot()
    begun = time.monotonic()
    while not answers(IMAP):
        if child.poll() is not None or time.monotonic() - begun > 60:
            sys.exit("Dovecot does not start")
        await asyncio.sleep(0.05)
    threading.Thread(target=until_the_end, args=(child,), daemon=True).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


def until_the_end(child):
    sys.stdin.read()
    child.terminate()
    child.wait()
    subprocess.run(["rm", "-rf", FOLDER])
    os._exit(0)


asyncio.run(serve())
