//! Its body only says what is sent.

#[macro_use]
extern crate appos;
app!();

#[integration(system = payments, use = ["ui_users"])]
async fn find_charge(id: String) -> Call<Json> {
    get("/charges/{id}").path("id", id)
}

fn main() {}
