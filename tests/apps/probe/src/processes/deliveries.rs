//! A process with steps beside it: of each kind what others refer to.

/// Brings parcels to where they belong.
#[process(display_name = "Delivery of {name}", use = ["finance"], deadline = "2w")]
async fn deliver(name: String, number: i64, api_key: String) -> Result<i64> {
    let loaded = step(steps::load(name.clone(), number)).await?;
    step(steps::drive(name, api_key)).await?;
    Ok(loaded)
}

/// The body with which older deliveries began.
#[process(version = 0x1, earlier_of = processes::again, use = ["finance"])]
async fn again_1(name: String) -> Result<()> {
    let _ = processes::deliver(name, 1, String::new());
    step(steps::drive(String::new(), String::new())).await
}

#[process(version = 2, view = ["probe_users"], use = ["finance"], admin = ["probe_admins"])]
async fn again() {
    let _ = step(steps::count()).await;
}

/// Loads a parcel.
#[step(retries = 3, backoff = "1s", timeout = "30s", compensate = steps::unload)]
async fn load(name: String, number: i64) -> Result<i64> {
    let _ = name;
    rules::add(number, 0).await
}

#[step]
async fn unload(name: String, number: i64) {
    let _ = (name, number, ctx.execution_id);
}

#[step(retries = 0)]
fn drive(name: String, api_key: String) -> Result<()> {
    let _ = (name, api_key);
    Ok(())
}
