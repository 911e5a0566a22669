//! Methods, paths, versions and callers that there are not.

#[macro_use]
extern crate appos;
app!();

#[web_api(method = "FETCH", path = "orders/", auth = nobody, use = ["ui_users"], version = 0)]
async fn orders() -> Result<i64> {
    Ok(1)
}

#[web_api(method = "GET", path = "/orders/{order}", auth = public, use = ["ui_users"], version = 2)]
async fn order() -> Result<i64> {
    Ok(1)
}

fn main() {}
