//! A web API that says again what it is told.

#[web_api(method = "GET", path = "/echo/{word}", auth = session, use = ["probe_admins"])]
fn echo(word: String) -> String {
    word
}
