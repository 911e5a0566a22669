#[web_api(method = "GET", path = "/programme", auth = public, public_access)]
fn programme() -> Programme {
    Programme::new()
}
