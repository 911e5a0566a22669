//! Mistakes in processes and steps.

use super::{accept, check};

/// A body that runs a step.
const BODY: &str = "{ step(steps::a()).await }";

#[test]
fn every_key_of_a_process_may_be_written() {
    accept(&format!(
        "#[process(description = \"A\", display_name = \"{{a}} of {{{{b}}}}\", view = [\"crm_users\"], \
         use = [\"crm_users\"], admin = [], search = [a], deadline = \"2w\", version = 3, crate = ::appos)] \
         async fn a(a: u8) -> Result<()> {BODY}"
    ));
    accept(&format!(
        "#[process(earlier_of = crate::processes::a, version = 1, use = [\"finance\"])] async fn a_1() -> u8 {BODY}"
    ));
}

#[test]
fn every_key_of_a_step_may_be_written() {
    accept(
        "#[step(description = \"A\", retries = 100, backoff = \"500ms\", timeout = \"30s\", compensate = b, crate = ::appos)] \
         async fn a(a: u8, #[sensitive] b: String) -> Result<u8> { }",
    );
    accept("#[step(retries = 0)] fn a() {}");
}

#[test]
fn somebody_must_be_able_to_start_a_process() {
    check(
        &format!("#[process(view = [\"crm_users\"])] async fn a() {BODY}"),
        &[(
            "a",
            "process `a` grants no `use` permission; processes are tier 1 and inherit nothing",
            "write `#[process(use = [\"crm_users\"])]`",
        )],
    );
    // A slip is one mistake.
    check(
        &format!("#[process(usee = [\"crm_users\"])] async fn a() {BODY}"),
        &[("usee", "#[process] has no key `usee`", "did you mean `use`? write `use = [\"crm_users\"]`")],
    );
    check(
        &format!("#[process(use = [\"crm_user\"])] async fn a() {BODY}"),
        &[(
            "\"crm_user\"",
            "this app has no group `crm_user`",
            "did you mean `crm_users`? write `\"crm_users\"`, or add `crm_user` under `groups` in app.yaml",
        )],
    );
}

#[test]
fn instances_are_found_by_parameters_that_are_there_and_not_secret() {
    check(
        &format!(
            "#[process(use = [\"crm_users\"], search = [customr, api_key, tier, tier])] \
             async fn a(customer: i64, tier: String, api_key: String) {BODY}"
        ),
        &[
            ("customr", "process `a` has no parameter `customr`", "did you mean `customer`?"),
            (
                "api_key",
                "parameter `api_key` is sensitive, and by what instances are found is kept in plain",
                "leave it out",
            ),
            ("tier", "parameter `tier` is named twice", "name it once"),
        ],
    );
    check(
        &format!("#[process(use = [\"crm_users\"], search = [x])] async fn a() {BODY}"),
        &[(
            "x",
            "process `a` has no parameter `x`",
            "it has no parameters: set a variable in the body, `ctx.var.searchable(\"tier\", tier)?`",
        )],
    );
    for (written, token, says) in [
        ("search = \"customer\"", "\"customer\"", "`search` takes a list of parameters"),
        ("search = []", "[]", "`search` takes a list of parameters"),
        ("search = [\"a\"]", "\"a\"", "`search` takes the names of parameters without quotes"),
    ] {
        check(
            &format!("#[process(use = [\"crm_users\"], {written})] async fn a(a: i64) {BODY}"),
            &[(token, says, "write `search = [customer_id]`")],
        );
    }
}

#[test]
fn keys_of_others_are_told_where_they_are_written() {
    check(
        &format!(
            "#[process(public_access, timeout = \"5m\", use = [\"crm_users\"], retries = 3, compensate = b, cache = \"1s\")] \
             async fn a() {BODY}"
        ),
        &[
            (
                "public_access",
                "a process cannot be public: it goes on after its request has ended, and somebody has to answer for it",
                "write `use = [\"crm_users\"]`, or let a rule with `public_access` start it",
            ),
            (
                "timeout",
                "a process has no `timeout`; each of its steps has one",
                "write `deadline = \"30d\"` for all of it, or `timeout = \"30s\"` on a step",
            ),
            ("retries", "a process has no `retries`; its steps have", "write it on a step"),
            ("compensate", "a process has no `compensate`; its steps have", "write it on a step"),
            (
                "cache",
                "#[process] has no key `cache`",
                "it knows `description`, `display_name`, `view`, `use`, `admin`, `search`, `deadline`, `version`, `earlier_of`, `trigger`, `run_as` and `crate`",
            ),
        ],
    );
    let of_process = "leave it out, and write `use = [\"crm_users\"]` on the process";
    check(
        "#[step(use = [\"crm_users\", \"x\"], view = [], admin = 1, public_access, deadline = \"1d\", retries = -1)] fn a() {}",
        &[
            ("use", "a step has no `use`; it is run with the permissions of its process", of_process),
            ("view", "a step has no `view`; it is run with the permissions of its process", of_process),
            ("admin", "a step has no `admin`; it is run with the permissions of its process", of_process),
            (
                "public_access",
                "a step has no `public_access`; it is run with the permissions of its process",
                of_process,
            ),
            ("deadline", "a step has no `deadline`; its process has", "write it on the process"),
            ("-1", "`retries` takes a whole number, zero or more", "write `retries = 3`"),
        ],
    );
}

#[test]
fn a_process_runs_a_step() {
    let lacking = (
        "a",
        "process `a` runs no step, so there is nothing from which it could go on",
        "run one in its body, `step(steps::create_account(customer_id)).await?`, or make it an `#[expression_rule]`",
    );
    for body in ["{}", "{ rules::a().await?; Ok(()) }", "{ x.step(1) }", "{ sleep(days(1)).await }", "{ // step(a)\n }"]
    {
        check(&format!("#[process(use = [\"crm_users\"])] async fn a() -> Result<()> {body}"), &[lacking]);
    }
    for body in [
        "{ ask(\"crm_users\", interfaces::a, 1).await }",
        "{ if x { for _ in y { parallel((step(a()), step(b()))).await?; } } }",
        "{ tokio::join!(step(a()), b); }",
        "{ let it: u8 = wait_for::<u8>(\"x\").await?; }",
        "{ processes::b(1).run().await }",
        "{ if ( step (x) ) else match; }",
    ] {
        accept(&format!("#[process(use = [\"crm_users\"])] async fn a() -> Result<()> {body}"));
    }
    check(
        "#[process(use = [\"crm_users\"])] fn a() { step(x) }",
        &[("fn", "process `a` is not `async`; it waits for its steps", "write `async fn a(..) -> Result<()>`")],
    );
}

#[test]
fn a_display_name_says_what_everybody_may_read() {
    check(
        &format!(
            "#[process(use = [\"crm_users\"], display_name = \"{{custmer}} {{note}} {{token}} }}\")] \
             async fn a(customer: u8, #[sensitive] note: String, token: String) {BODY}"
        ),
        &[
            ("\"{custmer} {note} {token} }\"", "process `a` has no parameter `custmer`", "did you mean `{customer}`?"),
            (
                "\"{custmer} {note} {token} }\"",
                "parameter `note` is sensitive, and whoever sees the process reads its display name",
                "leave `{note}` out",
            ),
            (
                "\"{custmer} {note} {token} }\"",
                "parameter `token` is sensitive, and whoever sees the process reads its display name",
                "leave `{token}` out",
            ),
            (
                "\"{custmer} {note} {token} }\"",
                "a `}` in this text stands alone",
                "write `}}` for a brace, or `{name}` for a parameter",
            ),
        ],
    );
    check(
        &format!("#[process(use = [\"crm_users\"], display_name = \"{{x}}\")] async fn a() {BODY}"),
        &[("\"{x}\"", "process `a` has no parameter `x`", "it has no parameters: leave the braces out")],
    );
    check(
        &format!("#[process(use = [\"crm_users\"], display_name = \"{{x}}\")] async fn a(one: u8, other: u8) {BODY}"),
        &[(
            "\"{x}\"",
            "process `a` has no parameter `x`",
            "its parameters are `one` and `other`; `{{` and `}}` are braces",
        )],
    );
    check(
        &format!("#[process(use = [\"crm_users\"], display_name = \" \")] async fn a() {BODY}"),
        &[(
            "\" \"",
            "`display_name` is empty; it is what people call an instance",
            "write `display_name = \"Onboarding of {customer_id}\"`, or leave it out",
        )],
    );
    // What is wrong with a parameter is told once.
    check(
        &format!("#[process(use = [\"crm_users\"], display_name = \"{{name}}\")] async fn a(name: &str) {BODY}"),
        &[("&str", "parameter `name` borrows; arguments are moved through dispatch", "write `name: String`")],
    );
}

#[test]
fn an_earlier_process_has_a_number_and_a_newer_one() {
    for version in ["0", "4294967296"] {
        check(
            &format!("#[process(use = [\"crm_users\"], version = {version})] async fn a() {BODY}"),
            &[(version, "the first `version` of a process is 1", "write `version = 2` for its second")],
        );
    }
    check(
        &format!("#[process(use = [\"crm_users\"], earlier_of = processes::b)] async fn a() {BODY}"),
        &[(
            "processes::b",
            "process `a` does not say which `version` it is",
            "write `version = 1` beside it, and a higher one on the process that it names",
        )],
    );
    check(
        &format!("#[process(use = [\"crm_users\"], version = 1, earlier_of = processes::a)] async fn a() {BODY}"),
        &[(
            "processes::a",
            "process `a` cannot be an earlier one of itself",
            "write the path of the process that is started now, and give this one another name",
        )],
    );
    check(
        &format!("#[process(use = [\"crm_users\"], version = 1, earlier_of = \"a\")] async fn b() {BODY}"),
        &[("\"a\"", "`earlier_of` takes the path of an object", "write `earlier_of = processes::onboard_customer`")],
    );
}

#[test]
fn a_step_is_tried_as_often_as_makes_sense_and_undone_by_another() {
    check(
        "#[step(retries = 101, backoff = \"soon\", compensate = steps::r#a)] fn a() {}",
        &[
            (
                "\"soon\"",
                "`backoff` is no length of time: \"soon\" (a whole number and ms, s, m, h, d or w)",
                "write `backoff = \"1s\"`",
            ),
            ("101", "a step is tried again 100 times at most", "write `retries = 3`"),
            ("steps::r#a", "step `a` cannot undo itself", "write the path of another step, with the same parameters"),
        ],
    );
}

#[test]
fn signatures_are_those_of_rules() {
    check(
        "#[step] pub const fn a<T>(&self, ctx: Ctx, name: &str) -> Result<u8, MyError> {}",
        &[
            ("const", "step `a` cannot be `const`; it is called through dispatch", "write `fn a` or `async fn a`"),
            (
                "<T>",
                "step `a` has generic parameters; an object is one thing with one reference",
                "write the concrete types",
            ),
            (
                "self",
                "step `a` takes `self`; an object is not a method",
                "write it outside of `impl`, with a plain parameter: `fn a(customer: Customer)`",
            ),
            (
                "ctx",
                "step `a` declares `ctx`; it is in scope in every body",
                "leave it out and use it: `fn a() { ctx.user }`",
            ),
            ("&str", "parameter `name` borrows; arguments are moved through dispatch", "write `name: String`"),
            (
                "MyError",
                "step `a` names an error type; dispatch answers with AppOS's own",
                "write `Result<u8>`; `?` turns common errors into it",
            ),
        ],
    );
    check(
        "#[process(use = [\"crm_users\"])] pub struct A;",
        &[(
            "struct",
            "`#[process]` goes on a function",
            "write `async fn onboard_customer(customer_id: Id<Customer>) -> Result<()> { .. }`",
        )],
    );
    check("#[step] fn a();", &[("a", "step `a` has no body", "write `fn a(..) { .. }`")]);
}

#[test]
fn what_starts_with_rows_takes_their_id_and_nothing_else() {
    let of = |keys: &str, parameters: &str| {
        format!("#[process(use = [\"crm_users\"], {keys})] async fn b({parameters}) {BODY}")
    };
    accept(&of("trigger = created(records::Customer)", "customer_id: Id<Customer>"));
    accept(&of("trigger = [updated(Customer), deleted(billing::records::Order)], run_as = \"a@b.c\"", "id: i64"));
    check(
        &of("trigger = created(records::Customer)", ""),
        &[(
            "created",
            "process `b` is given the id of a row, and takes nothing",
            "write `async fn b(id: Id<records::Customer>) -> Result<()>`",
        )],
    );
    check(
        &of("trigger = [created(records::Customer), updated(records::Customer)]", "id: Id<Customer>, colour: String"),
        &[(
            "colour",
            "process `b` starts by itself with the id of a row, and nobody gives it more",
            "leave the parameter out, and read in a step what the process needs",
        )],
    );
    check(
        &of("trigger = [schedule(\"0 8 * * *\"), deleted(records::Customer)], run_as = \"a@b.c\"", "id: Id<Customer>"),
        &[(
            "deleted",
            "process `b` starts at certain times, which have no row to give it",
            "make two processes of it, and write in steps what they share",
        )],
    );
    check(
        &of("version = 1, earlier_of = processes::c, trigger = created(records::Customer)", "id: Id<Customer>"),
        &[(
            "created",
            "process `b` brings older instances to their end, and starts none",
            "write the `trigger` on the process that it names",
        )],
    );
    let form = "write `trigger = schedule(\"0 8 * * *\", time_zone = \"Europe/Berlin\")`";
    let record = "`trigger` takes the path of one record: `created(records::Customer)`";
    check(
        &of("trigger = [created(records::Customer, records::Order), updated(\"customer\")]", "id: Id<Customer>"),
        &[("created(records::Customer, records::Order)", record, form), ("\"customer\"", record, form)],
    );
    check(
        &of("trigger = made(records::Customer)", "id: Id<Customer>"),
        &[(
            "made",
            "`trigger` takes `schedule(\"0 8 * * *\", time_zone = \"Europe/Berlin\")`, `created(records::Customer)`, \
             `updated(..)`, `deleted(..)`, or a list of these",
            form,
        )],
    );
}
