//! An integration cannot be public.

#[macro_use]
extern crate appos;
app!();

#[integration(system = payments, use = ["ui_users"], public_access)]
fn find_charge(id: String) -> Call<Json> {
    get("/charges/{id}").path("id", id)
}

fn main() {}
