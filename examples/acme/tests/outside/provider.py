"""A provider of OAuth 2 tokens, and the rates that it guards: Authlib's server, which the test starts.

Arguments: the client, its secret, and for how many seconds a token is good.
"""

import sys
import time

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token
from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin, grants
from authlib.oauth2.rfc6750 import BearerTokenGenerator, BearerTokenValidator
from flask import Flask, jsonify
from werkzeug.serving import make_server

CLIENT, SECRET, SECONDS = sys.argv[1], sys.argv[2], int(sys.argv[3])
TOKENS = {}


class Client(ClientMixin):
    def get_client_id(self):
        return CLIENT

    def get_allowed_scope(self, scope):
        return " ".join(one for one in scope.split() if one == "rates.read")

    def check_client_secret(self, secret):
        return secret == SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_grant_type(self, grant_type):
        return grant_type == "client_credentials"


class Token(TokenMixin):
    def __init__(self, token):
        self.scope, self.ends = token.get("scope", ""), time.time() + token["expires_in"]

    def get_scope(self):
        return self.scope

    def is_expired(self):
        return time.time() > self.ends

    def is_revoked(self):
        return False


class Validator(BearerTokenValidator):
    def authenticate_token(self, token):
        return TOKENS.get(token)


def keep(token, request):
    TOKENS[token["access_token"]] = Token(token)


class Basic(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]


app = Flask("provider")
server = AuthorizationServer(app, query_client=lambda name: Client() if name == CLIENT else None, save_token=keep)
server.register_grant(Basic)
generator = BearerTokenGenerator(
    lambda **_: f"token-{len(TOKENS)}-{time.time_ns()}", expires_generator=lambda client, grant_type: SECONDS
)
server.register_token_generator("default", generator)
protect = ResourceProtector()
protect.register_token_validator(Validator())


@app.post("/token")
def token():
    return server.create_token_response()


@app.get("/rates/<currency>")
@protect("rates.read")
def rate(currency):
    return jsonify(currency=currency, rate="1.25", scope=current_token.get_scope(), tokens=len(TOKENS))


listening = make_server("127.0.0.1", 0, app, threaded=True)
print(listening.server_port, flush=True)
listening.serve_forever()
