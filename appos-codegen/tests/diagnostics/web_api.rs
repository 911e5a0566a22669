//! Mistakes in web APIs.

use super::{accept, check};

fn with(keys: &str, parameters: &str) -> String {
    format!("#[web_api({keys})] async fn add_note({parameters}) -> Result<()> {{ Ok(()) }}")
}

const GOOD: &str = "method = \"POST\", path = \"/orders/{order}/notes\", auth = service_account, use = [\"crm_users\"]";

#[test]
fn every_key_is_taken() {
    let all = "version = 2, rate_limit = \"100/min\", timeout = \"5s\", max_body = \"1 MB\", cors = [\"*\", \"https://shop.example:8443\"], \
               signature = hmac(secret(\"STRIPE\"), style = stripe, header = \"X-S\", timestamp = \"X-T\", tolerance = \"1m\"), \
               example = \"{}\", view = [\"crm_users\"], admin = [\"crm_admins\"], description = \"Notes\", crate = ::appos";
    accept(&with(
        &format!("{GOOD}, {all}"),
        "order: i64, body: Json<Note>, query: Query<Asked>, headers: Headers<Sent>",
    ));
    accept(&with(&format!("{GOOD}, accept = [\"image/*\"]"), "order: i64, file: http::Upload"));
    accept(&with("method = \"GET\", path = \"/a\", auth = public, public_access", ""));
    accept(&with("method = \"GET\", path = \"/rules\", version = 2, auth = public, use = [\"public_access\"]", ""));
}

#[test]
fn what_nobody_can_guess_is_asked_for() {
    check(
        &with("", ""),
        &[
            ("add_note", "web API `add_note` has no `method`, which nobody can guess", "write `method = \"POST\"`"),
            ("add_note", "web API `add_note` has no `path`, which nobody can guess", "write `path = \"/orders\"`"),
            ("add_note", "web API `add_note` has no `auth`, which nobody can guess", "write `auth = service_account`"),
            (
                "add_note",
                "web API `add_note` grants no `use` permission; web APIs are tier 1 and inherit nothing",
                "write `use = [\"crm_users\"]`, or `public_access` if everybody may call it",
            ),
        ],
    );
}

#[test]
fn methods_and_callers_are_those_that_there_are() {
    check(
        &with("method = \"post\", path = \"/a\", auth = service, use = [\"crm_users\"]", ""),
        &[
            (
                "\"post\"",
                "a web API has no method `post`; it has GET, POST, PUT, PATCH or DELETE",
                "write `method = \"POST\"`",
            ),
            (
                "service",
                "a web API has no `auth = service`; it has `session`, `service_account` or `public`",
                "write `auth = service_account`",
            ),
        ],
    );
    check(
        &with("method = \"GET\", path = \"/a\", auth = public, use = [\"crm_users\"]", ""),
        &[(
            "public",
            "web API `add_note` is called by the public account, which may not use it",
            "write `public_access` beside it, or `auth = service_account`",
        )],
    );
}

#[test]
fn a_path_is_words_and_parameters() {
    let one_slash = "write one slash between two words, and none at the end";
    for (path, message, help) in [
        (
            "a",
            "`path` is no `/` and a word after it",
            "write `\"/a\"`; `/api`, the app and the version come before it by themselves",
        ),
        (
            "/",
            "`path` is no `/` and a word after it",
            "write `\"/orders\"`; `/api`, the app and the version come before it by themselves",
        ),
        ("/a//b", "`path` has an empty part between two slashes or at its end", one_slash),
        ("/a/", "`path` has an empty part between two slashes or at its end", one_slash),
        ("/A", "`path` has `A` in `A`", "use lower-case letters, digits, `-`, `_` and `.`"),
        ("/a/..", "`path` has the part `..`, which clients take away", "write a word"),
        ("/a/b{x}", "`path` mixes text and a parameter in `b{x}`", "a parameter fills a whole part: `/orders/{order}`"),
        ("/a/{1}", "`path` has `{1}`, which names no parameter", "write a name in braces, such as `{id}`"),
        (
            "/rules",
            "`path` begins with `rules`, where every app has its rules",
            "begin with another word, or write `version = 2`",
        ),
    ] {
        let literal = format!("\"{path}\"");
        let keys = format!("method = \"GET\", path = {literal}, auth = session, use = [\"crm_users\"]");
        check(&with(&keys, ""), &[(&literal, message, help)]);
    }
    let keys = "method = \"GET\", path = \"/{a}/{b}/{b}\", auth = session, use = [\"crm_users\"]";
    let literal = "\"/{a}/{b}/{b}\"";
    check(
        &with(keys, "a: i64, b: i64"),
        &[
            (
                literal,
                "`path` begins with `{a}`, which would fit every other path of the app",
                "begin with a word, such as `/orders/{order}`",
            ),
            (literal, "`path` names `{b}` twice", "give each place a name of its own"),
        ],
    );
    check(
        &with(GOOD, ""),
        &[(
            "\"/orders/{order}/notes\"",
            "web API `add_note` has no parameter `order`, which its path names",
            "write `fn add_note(order: String, ..)`, or whichever type it is",
        )],
    );
}

#[test]
fn a_request_has_one_body() {
    check(
        &with(GOOD, "order: i64, body: Json<Note>, form: Form<Note>"),
        &[("form", "`form` is read from the body, as `body` is already", "write one type with the fields of both")],
    );
    check(
        &with("method = \"GET\", path = \"/a\", auth = session, use = [\"crm_users\"]", "body: http::Body"),
        &[(
            "body",
            "`body` is read from the body, and a `GET` has none",
            "write `method = \"POST\"`, or take it from the query: `Query<..>`",
        )],
    );
    check(
        &with(&format!("{GOOD}, signature = hmac(secret(\"A\"))"), "order: i64, file: http::Upload"),
        &[(
            "\"A\"",
            "a file is given to the body while it arrives, before its signature can be known",
            "leave `signature` out, or take the content as `http::Body`",
        )],
    );
    check(
        &with(&format!("{GOOD}, accept = [\"image/png\"]"), "order: i64"),
        &[(
            "\"image/png\"",
            "`accept` says which files are taken, and no parameter is one",
            "leave it out, or add a parameter `file: http::Upload`",
        )],
    );
}

#[test]
fn origins_and_versions_are_written_as_they_are_compared() {
    let help = "write `cors = [\"https://shop.example\"]`, or `cors = [\"*\"]` for pages of any origin";
    let message = "`cors` names origins: a scheme and a host in lower case, and nothing after them";
    check(
        &with(&format!("{GOOD}, cors = [\"https://shop.example/\", \"shop.example\"], version = 0"), "order: i64"),
        &[
            ("0", "`version` goes from 1 to 999", "write `version = 2` for the second"),
            ("\"https://shop.example/\"", message, help),
            ("\"shop.example\"", message, help),
        ],
    );
    let keys = "method = \"GET\", path = \"/a\", auth = session, use = [\"crm_users\"], cors = [\"*\"]";
    check(
        &with(keys, ""),
        &[(
            "\"*\"",
            "pages of other origins have no session here: a browser keeps its cookie from them",
            "leave `cors` out, or write `auth = service_account` or `auth = public`",
        )],
    );
}

#[test]
fn values_say_what_they_take() {
    let takes = "`signature` takes `hmac(secret(\"STRIPE_WEBHOOK\"), ..)`, and after the secret `style = plain`, `github` or `stripe`, \
                 `header = \"X-Signature\"`, `timestamp = \"X-Timestamp\"` and `tolerance = \"5m\"`, each once";
    let form = "write `signature = hmac(secret(\"STRIPE_WEBHOOK\"), style = stripe)`";
    for (value, token, message) in [
        ("secret(\"A\")", "secret(\"A\")", takes),
        ("hmac(\"A\")", "hmac(\"A\")", takes),
        ("hmac(secret(\"A\"), 5)", "5", takes),
        ("hmac(secret(\"A\"), style = md5)", "md5", "`signature` has the styles `plain`, `github` and `stripe`"),
        (
            "hmac(secret(\"a b\"))",
            "\"a b\"",
            "`signature` names a secret in capital letters, digits and `_`, such as `secret(\"STRIPE_WEBHOOK\")`",
        ),
        (
            "hmac(secret(\"A\"), header = \"X Y\")",
            "\"X Y\"",
            "`signature` takes the name of a header in quotes, such as `header = \"X-Signature\"`",
        ),
    ] {
        check(&with(&format!("{GOOD}, signature = {value}"), "order: i64"), &[(token, message, form)]);
    }
    check(
        &with(&format!("{GOOD}, rate_limit = \"100\", max_body = \"1\""), "order: i64"),
        &[
            (
                "\"100\"",
                "`rate_limit` is no rate: \"100\" (a whole number from 1 on, `/`, and s, min, h or day)",
                "write `rate_limit = \"100/min\"`",
            ),
            (
                "\"1\"",
                "`max_body` is no size: \"1\" (a whole number and B, KB, MB, GB or TB)",
                "write `max_body = \"1 MB\"`",
            ),
        ],
    );
}
