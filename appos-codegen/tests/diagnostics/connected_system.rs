//! Mistakes in connected systems.

use super::{accept, check};

const SHARED: &str = "`pool_size`, `idle_timeout`, `connect_timeout`, `timeout`, `breaker`, `breaker_wait`, \
                      `allow_networks` and `ca_file`";

/// A system of this kind, with these keys beside.
fn system(keys: &str) -> String {
    format!("#[connected_system(use = [\"crm_users\"], {keys})] fn payments() -> Auth {{ no_auth() }}")
}

#[test]
fn systems_of_every_kind_are_taken() {
    accept(&system("kind = \"http\", base_url = \"https://a.example/v1\", health = \"/ping\", rate_limit = \"50/s\""));
    accept(&system("kind = \"database\", url = \"postgres://reports@db.example.com/warehouse\", pool_size = 4"));
    accept(&system(
        "kind = \"smtp\", host = \"mail.example.com\", port = 587, tls = \"starttls\", from = \"A <a@b.c>\"",
    ));
    accept(&system("kind = \"imap\", host = \"::1\", max_response = \"20 MB\"").replace("::1", "mail.example.com"));
    accept(&system("kind = \"ftp\", host = \"files.example.com\", allow_networks = [\"10.0.0.0/8\", \"fd00::/8\"]"));
    accept(&system(
        "kind = \"ftps\", host = \"files.example.com\", breaker = 3, breaker_wait = \"1s\", ca_file = \"a.pem\"",
    ));
}

#[test]
fn a_system_has_a_kind() {
    let kinds = "kinds are `http`, `database`, `smtp`, `imap`, `ftp` and `ftps`";
    check(
        &system(""),
        &[("payments", "connected system `payments` has no kind", &format!("write `kind = \"http\"`; {kinds}"))],
    );
    check(
        &system("kind = \"htp\""),
        &[("\"htp\"", "there is no kind of connected system `htp`", "did you mean `kind = \"http\"`?")],
    );
    check(
        &system("kind = \"carrier pigeon\""),
        &[("\"carrier pigeon\"", "there is no kind of connected system `carrier pigeon`", kinds)],
    );
}

#[test]
fn a_system_is_somewhere() {
    let at = |kind: &str, key: &str, form: &str| {
        let message = format!("connected system `payments` does not say where it is; kind `{kind}` needs `{key}`");
        let help = format!("write `{form}`; settings of the platform can replace it");
        check(&system(&format!("kind = \"{kind}\"")), &[("payments", &message, &help)]);
    };
    at("http", "base_url", "base_url = \"https://api.example.com/v1\"");
    at("database", "url", "url = \"postgres://reports@db.example.com/warehouse\"");
    at("smtp", "host", "host = \"mail.example.com\"");
    at("ftps", "host", "host = \"files.example.com\"");
}

#[test]
fn a_setting_of_another_kind_is_reported_at_its_key() {
    let help = format!("leave it out; it has `base_url`, `max_response`, `rate_limit`, `health`, {SHARED}");
    check(
        &system("kind = \"http\", base_url = \"https://a.example\", host = \"a.example\", port = 25"),
        &[
            ("host", "a connected system of kind `http` has no `host`", &help),
            ("port", "a connected system of kind `http` has no `port`", &help),
        ],
    );
    let help = format!("leave it out; it has `host`, `port`, `tls`, `from`, {SHARED}");
    check(
        &system("kind = \"smtp\", host = \"a.example\", rate_limit = \"50/s\""),
        &[("rate_limit", "a connected system of kind `smtp` has no `rate_limit`", &help)],
    );
}

#[test]
fn an_address_has_a_scheme_and_no_login() {
    let base = |url: &str| system(&format!("kind = \"http\", base_url = \"{url}\""));
    check(
        &base("api.example.com"),
        &[(
            "\"api.example.com\"",
            "`base_url` begins with none of `https://` and `http://`",
            "write `base_url = \"https://api.example.com/v1\"`",
        )],
    );
    check(
        &base("https://me:secret@api.example.com"),
        &[(
            "\"https://me:secret@api.example.com\"",
            "`base_url` holds a login; secrets are written nowhere",
            "leave it out, and answer `basic(\"user\", secret(\"PAYMENTS_PASSWORD\"))` in the body",
        )],
    );
    check(
        &base("https://api.example.com?version=2"),
        &[(
            "\"https://api.example.com?version=2\"",
            "`base_url` ends with a query or a fragment, where the paths of integrations are put behind it",
            "leave it out, and write `.query(\"version\", 2)` in the integrations",
        )],
    );
    let url = |url: &str| system(&format!("kind = \"database\", url = \"{url}\""));
    check(
        &url("oracle://db.example.com/warehouse"),
        &[(
            "\"oracle://db.example.com/warehouse\"",
            "`url` begins with none of `postgres://`, `postgresql://`, `mysql://`, `mariadb://` and `sqlite://`",
            "write `url = \"postgres://reports@db.example.com/warehouse\"`",
        )],
    );
    check(
        &url("postgres://reports:secret@db.example.com/warehouse"),
        &[(
            "\"postgres://reports:secret@db.example.com/warehouse\"",
            "`url` holds a login; secrets are written nowhere",
            "leave the password out, and answer `password(secret(\"WAREHOUSE_PASSWORD\"))` in the body",
        )],
    );
}

#[test]
fn values_of_settings_are_looked_at_one_by_one() {
    check(
        &system("kind = \"smtp\", host = \"mail.example.com:25\", port = 0, tls = \"yes\", from = \"billing\""),
        &[
            (
                "\"mail.example.com:25\"",
                "this is no host: a name or an address, without scheme, port or path",
                "write `host = \"mail.example.com\"`, and `port = 587` beside it",
            ),
            (
                "\"yes\"",
                "`tls` is `implicit` (from the first byte on), `starttls` (once the server has greeted) or `off`",
                "write `tls = \"starttls\"`",
            ),
            (
                "\"billing\"",
                "`from` is the address of a mailbox, with or without a name",
                "write `from = \"Acme <billing@example.com>\"`",
            ),
            ("0", "`port` is not from 1 to 65535", "write `port = 587`"),
        ],
    );
    check(
        &system(
            "kind = \"http\", base_url = \"https://a.example\", health = \"ping\", pool_size = 0, allow_networks = [\"10.0.0.0\", \"10.0.0.0/33\"]",
        ),
        &[
            ("\"ping\"", "`health` is a path below `base_url` that answers", "write `health = \"/ping\"`"),
            ("0", "`pool_size` is not from 1 to 1000", "write `pool_size = 10`"),
            (
                "\"10.0.0.0\"",
                "this is no network: an address, a slash, and how many of its bits are fixed",
                "write `allow_networks = [\"10.0.0.0/8\"]`, or `\"127.0.0.1/32\"` for one address",
            ),
            (
                "\"10.0.0.0/33\"",
                "this is no network: an address, a slash, and how many of its bits are fixed",
                "write `allow_networks = [\"10.0.0.0/8\"]`, or `\"127.0.0.1/32\"` for one address",
            ),
        ],
    );
}

#[test]
fn somebody_may_use_it_and_not_everybody() {
    check(
        "#[connected_system(kind = \"http\", base_url = \"https://a.example\")] fn payments() -> Auth { no_auth() }",
        &[(
            "payments",
            "connected system `payments` grants no `use` permission; connected systems are tier 1 and inherit nothing",
            "write `use = [\"crm_users\"]`",
        )],
    );
    check(
        &system("kind = \"http\", base_url = \"https://a.example\", public_access"),
        &[(
            "public_access",
            "a connected system cannot be public: it speaks with the platform's credentials",
            "write `use = [\"crm_users\"]`, or let a web API with `public_access` and `run_as` stand before it",
        )],
    );
}

#[test]
fn its_function_says_who_we_are_and_nothing_else() {
    check(
        "#[connected_system(kind = \"http\", base_url = \"https://a.example\", use = [\"crm_users\"])] async fn payments(a: u8) -> String { String::new() }",
        &[
            (
                "a: u8",
                "connected system `payments` takes parameters; it is one system",
                "write `fn payments() -> Auth`; what differs by environment stands in the platform's settings",
            ),
            (
                "async",
                "connected system `payments` is `async`; its body only says which secrets there are",
                "write `fn payments() -> Auth`",
            ),
            (
                "String",
                "connected system `payments` answers how the platform shows who it is: `Auth`",
                "write `fn payments() -> Auth { bearer(secret(\"PAYMENTS_KEY\")) }`, or `no_auth()`",
            ),
        ],
    );
    check(
        "#[connected_system(kind = \"http\", base_url = \"https://a.example\", use = [\"crm_users\"])] fn payments() {}",
        &[(
            "payments",
            "connected system `payments` answers how the platform shows who it is: `Auth`",
            "write `fn payments() -> Auth { bearer(secret(\"PAYMENTS_KEY\")) }`, or `no_auth()`",
        )],
    );
}
