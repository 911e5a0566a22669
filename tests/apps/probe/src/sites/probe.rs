//! What the tests' app shows first.

/// The probe.
#[site(view = [])]
fn probe() -> Navigation {
    navigation().page("Open", "", pages::open).page("Closed", "", pages::closed).record::<Depot>("")
}
