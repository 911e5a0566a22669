//! It is not tried for ever.

#[macro_use]
extern crate appos;
app!();

#[integration(system = payments, use = ["ui_users"], retries = 11)]
fn find_charge(id: String) -> Call<Json> {
    get("/charges/{id}").path("id", id)
}

fn main() {}
