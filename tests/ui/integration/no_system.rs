//! It calls a system.

#[macro_use]
extern crate appos;
app!();

#[integration(use = ["ui_users"])]
fn find_charge(id: String) -> Call<Json> {
    get("/charges/{id}").path("id", id)
}

fn main() {}
