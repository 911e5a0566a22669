//! What is asked of a system that is never there.

#[integration(system = bell, use = ["probe_users"])]
fn ask(what: String) -> Call<Json> {
    get("/ask").query("what", what)
}

#[integration(system = bell, use = ["finance"])]
fn ring() -> Call<Json> {
    post("/ring")
}
