//! Mistakes in integrations.

use super::{accept, check};

/// An integration with these keys.
fn integration(keys: &str) -> String {
    format!(
        "#[integration({keys})] fn find_charge(id: String) -> Call<Charge> {{ get(\"/charges/{{id}}\").path(\"id\", id) }}"
    )
}

#[test]
fn integrations_with_every_key_are_taken() {
    accept(&integration("system = payments, use = [\"crm_users\"]"));
    accept(&integration(
        "system = billing::connected_systems::payments, use = [\"crm_users\"], view = [\"finance\"], admin = [\"crm_admins\"], \
         retries = 3, timeout = \"30s\", attempt_timeout = \"5s\", rate_limit = \"50/min\", max_response = \"1 MB\", \
         log_payload, description = \"Looks\"",
    ));
    accept("#[integration(system = payments, use = [\"crm_users\"])] fn a() -> Result<Call<()>> { Ok(post(\"/a\")) }");
}

#[test]
fn an_integration_calls_a_system() {
    check(
        &integration("use = [\"crm_users\"]"),
        &[(
            "find_charge",
            "integration `find_charge` does not say which connected system it calls",
            "write `system = connected_systems::payments`",
        )],
    );
}

#[test]
fn somebody_may_use_it_and_not_everybody() {
    check(
        &integration("system = payments"),
        &[(
            "find_charge",
            "integration `find_charge` grants no `use` permission; integrations are tier 1 and inherit nothing",
            "write `use = [\"crm_users\"]`",
        )],
    );
    check(
        &integration("system = payments, use = [\"crm_users\"], public_access"),
        &[(
            "public_access",
            "an integration cannot be public: it speaks with the platform's credentials",
            "write `use = [\"crm_users\"]`, or let a rule or a web API stand before it",
        )],
    );
}

#[test]
fn it_is_not_tried_for_ever() {
    check(
        &integration("system = payments, use = [\"crm_users\"], retries = 11"),
        &[(
            "11",
            "an integration is tried again at most 10 times",
            "write `retries = 3`; a step of a process can be tried for days",
        )],
    );
}

#[test]
fn its_function_answers_the_request() {
    let help = "write `fn a(..) -> Call<Charge> { get(\"/charges\") }`, or `Call<()>` if nothing is read";
    let message = "integration `a` answers the request to be made, with the type of its answer: `Call<Charge>`";
    let source = |signature: &str| format!("#[integration(system = payments, use = [\"crm_users\"])] {signature} {{}}");
    check(&source("fn a()"), &[("a", message, help)]);
    check(&source("fn a() -> Charge"), &[("Charge", message, help)]);
    check(&source("fn a() -> Result<Charge>"), &[("Result<Charge>", message, help)]);
    check(
        &source("async fn a() -> Call<Charge>"),
        &[(
            "async",
            "integration `a` is `async`; its body only says what is to be sent",
            "write `fn a(..) -> Call<..>`, and look up what it needs in a rule that calls it",
        )],
    );
}
