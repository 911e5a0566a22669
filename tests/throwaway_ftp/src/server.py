# Serves FTP until its input ends.
import os
import subprocess
import sys
import threading
import warnings

warnings.simplefilter("ignore")

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
from pyftpdlib.ioloop import IOLoop
from pyftpdlib.servers import FTPServer

PLAIN, EXPLICIT, IMPLICIT = (int(port) for port in sys.argv[1:4])
USER, PASSWORD = sys.argv[4:6]
OPEN = 0


def counted(change):
    global OPEN
    OPEN += change
    with open("connections.new", "w") as file:
        file.write(str(OPEN))
    os.rename("connections.new", "connections")


class Counts:
    def on_connect(self):
        counted(1)

    def on_disconnect(self):
        counted(-1)


class Plain(Counts, FTPHandler):
    pass


class Explicit(Counts, TLS_FTPHandler):
    pass


class Implicit(Counts, TLS_FTPHandler):
    def handle(self):
        self.secure_connection(self.ssl_context)

    def handle_ssl_established(self):
        TLS_FTPHandler.handle(self)

    def ftp_AUTH(self, arg):
        self.respond("550 not supposed to be used with implicit SSL.")


os.makedirs("files", exist_ok=True)
authorizer = DummyAuthorizer()
authorizer.add_user(USER, PASSWORD, os.path.join(os.getcwd(), "files"), perm="elradfmwMT")
# Together they serve on one loop.
loop = IOLoop()
for handler, port in ((Plain, PLAIN), (Explicit, EXPLICIT), (Implicit, IMPLICIT)):
    handler.authorizer = authorizer
    handler.banner = "ready."
    if handler is not Plain:
        handler.certfile = "cert.pem"
        handler.tls_control_required = True
        handler.tls_data_required = True
    server = FTPServer(("127.0.0.1", port), handler, ioloop=loop)


def until_the_end():
    sys.stdin.read()
    subprocess.run(["rm", "-rf", os.getcwd()])
    os._exit(0)


threading.Thread(target=until_the_end, daemon=True).start()
print("ready", flush=True)
server.serve_forever(handle_exit=False)
