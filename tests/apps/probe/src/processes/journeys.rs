//! Processes that leave a trace: each step notes a thing with its name.

use std::sync::atomic::{AtomicI32, Ordering};

/// Goes on from one place to the next, and to two at once.
#[process(display_name = "Journey of {name}", use = ["probe_users"], view = ["finance"], admin = ["probe_admins"])]
async fn journey(name: String) -> Result<String> {
    let first = step(steps::mark(format!("{name} first"))).await?;
    let (left, right) = parallel((step(steps::mark(format!("{name} left"))), {
        let name = name.clone();
        async move {
            step(steps::mark(format!("{name} right"))).await?;
            step(steps::mark(format!("{name} right again"))).await
        }
    }))
    .await?;
    Ok([first, left, right].join(", "))
}

/// Waits in between.
#[process(use = ["probe_users"])]
async fn nap(name: String, seconds: u64) -> Result<()> {
    step(steps::mark(format!("{name} sleeps"))).await?;
    sleep(appos::prelude::seconds(seconds)).await?;
    step(steps::mark(format!("{name} wakes"))).await?;
    Ok(())
}

/// Tries something that fails so often, and undoes what it did when that is too often.
#[process(use = ["probe_users"], admin = ["probe_admins"])]
async fn climb(name: String, fails: u32) -> Result<u32> {
    step(steps::set_up(format!("{name} camp 1"))).await?;
    step(steps::set_up(format!("{name} camp 2"))).await?;
    step(steps::shaky(name, fails)).await
}

/// The same, with nothing to undo.
#[process(use = ["probe_users"], admin = ["probe_admins"])]
async fn walk(name: String, fails: u32) -> Result<u32> {
    step(steps::mark(format!("{name} begins"))).await?;
    let tries = step(steps::shaky(name.clone(), fails)).await?;
    step(steps::mark(format!("{name} ends"))).await?;
    Ok(tries)
}

/// Goes on whatever becomes of a step, and leaves another one out.
#[process(use = ["probe_users"])]
async fn stroll(name: String, far: bool) -> Result<(Option<u32>, Option<String>)> {
    let shaky = step(steps::shaky(name.clone(), 99)).retries(1).on_error(Skip).await?;
    let far = step(steps::mark(format!("{name} far"))).when(far).await?;
    Ok((shaky, far))
}

/// Waits for somebody.
#[process(use = ["probe_users"])]
async fn meeting(name: String, patience: Option<u64>) -> Result<Option<i64>> {
    let told = match patience {
        Some(patience) => wait_for::<i64>("arrived").timeout(seconds(patience)).await?,
        None => Some(wait_for::<i64>("arrived").await?),
    };
    step(steps::mark(format!("{name} has met {}", told.unwrap_or_default()))).await?;
    Ok(told)
}

/// Two others as parts of one.
#[process(use = ["probe_users"], admin = ["probe_admins"])]
async fn tour(name: String, fails: u32) -> Result<u32> {
    processes::nap(format!("{name} before"), 60).run().await?;
    let tries = processes::walk(name.clone(), fails).run().await?;
    step(steps::mark(format!("{name} after"))).await?;
    Ok(tries)
}

/// Sends a parcel, which is found by what is known of it.
#[process(search = [customer, tier, express], use = ["probe_users"], view = ["finance"], admin = ["probe_admins"])]
async fn parcel(customer: i64, tier: Option<String>, express: bool) -> Result<()> {
    let _ = (tier, express);
    ctx.var.searchable("stage", "packed")?;
    step(steps::mark(format!("parcel of {customer}"))).await?;
    let stage: String = wait_for("sent").await?;
    step(steps::stage(stage)).await
}

/// Notes where a parcel is, in a way by which it is found; or not, if nobody is to know.
#[step]
fn stage(stage: String) -> Result<()> {
    if stage == "lost" { ctx.var.set("stage", stage) } else { ctx.var.searchable("stage", stage) }
}

/// Starts others and does not wait for them.
#[process(use = ["probe_users"])]
async fn departures(name: String) -> Result<[process::Instance; 2]> {
    let other = processes::journey(format!("{name} other")).start().await?;
    let card = step(steps::mark(format!("{name} card"))).fire_and_forget().await?;
    step(steps::mark(format!("{name} gone"))).await?;
    Ok([other, card])
}

/// Keeps values of each sort.
#[process(use = ["probe_users"])]
async fn luggage(name: String) -> Result<(Option<String>, bool, Option<i64>)> {
    ctx.var.set("name", &name)?;
    ctx.var.sensitive("code", format!("{name} 4711"))?;
    ctx.var.hidden("passport", format!("{name} X123"))?;
    step(steps::pack(name.clone())).await?;
    let packed = ctx.var.get("packed")?;
    sleep(days(1)).await?;
    step(steps::pack(name.clone())).await?;
    Ok((ctx.var.get("code")?, ctx.var.matches("passport", format!("{name} X123"))?, packed))
}

/// Does what no body of a process may do.
#[process(use = ["probe_users"])]
async fn trespass() -> Result<i64> {
    step(steps::mark("trespass".to_owned())).await?;
    rules::add(1, 2).await
}

/// Takes too long.
#[process(use = ["probe_users"], deadline = "1h")]
async fn marathon(name: String) -> Result<()> {
    step(steps::set_up(format!("{name} start"))).await?;
    sleep(days(1)).await?;
    step(steps::mark(format!("{name} finish"))).await.map(drop)
}

/// Two that run side by side: when one falls, the other gives up.
#[process(use = ["probe_users"])]
async fn relay(name: String) -> Result<(u32, ())> {
    parallel((step(steps::shaky(name, 99)).retries(0), sleep(days(9)))).fail_fast().await
}

/// Prepares an order that has come in or was changed.
#[process(display_name = "Order {order}", use = ["probe_users"])]
async fn prepare_order(order: Id<Order>) -> Result<String> {
    step(steps::prepare(order)).await
}

/// Notes that an order is gone.
#[process(use = ["probe_users"])]
async fn forget_order(order: Id<Order>) -> Result<String> {
    step(steps::prepare(order)).await
}

/// Reads an order.
#[step]
async fn prepare(order: Id<Order>) -> Result<String> {
    let label = Order::find(order).await?.map(|order| order.label);
    let label = label.unwrap_or_else(|| "gone".to_owned());
    note(&format!("prepares {label} for {}", ctx.user.name)).await?;
    Ok(label)
}

/// Another text of it, as if it had been changed while an instance waits.
pub static CHANGED: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(0);

/// Goes another way when its text has changed.
#[process(use = ["probe_users"], admin = ["probe_admins"])]
async fn detour(name: String) -> Result<()> {
    match CHANGED.load(Ordering::Relaxed) {
        1 => drop(step(steps::pack(name.clone())).await?),
        2 => {}
        _ => drop(step(steps::mark(format!("{name} begins"))).await?),
    }
    sleep(hours(1)).await?;
    step(steps::mark(format!("{name} ends"))).await.map(drop)
}

/// The way of today, with a stop more.
#[process(version = 2, use = ["probe_users"])]
async fn route(name: String) -> Result<()> {
    step(steps::mark(format!("{name} begins"))).await?;
    step(steps::mark(format!("{name} stops"))).await?;
    sleep(hours(1)).await?;
    step(steps::mark(format!("{name} ends"))).await.map(drop)
}

/// The way as it was at first.
#[process(version = 1, earlier_of = processes::route, use = ["probe_users"])]
async fn route_1(name: String) -> Result<()> {
    step(steps::mark(format!("{name} begins"))).await?;
    sleep(hours(1)).await?;
    step(steps::mark(format!("{name} ends as it began"))).await.map(drop)
}

/// What becomes of a request.
#[choices]
pub enum Verdict {
    Granted,
    #[choice(label = "Turned down")]
    Refused,
}

/// Asks whoever administers the probe.
#[process(use = ["probe_users"], admin = ["probe_admins"], view = ["finance"])]
async fn petition(name: String, patience: Option<u64>) -> Result<Option<String>> {
    let question = ask::<process::Answered<Verdict>>("probe_admins", format!("Grant what {name} asks for?"))
        .description("They have asked before.")
        .due(days(1));
    let verdict = match patience {
        Some(patience) => question.timeout(seconds(patience)).await?,
        None => Some(question.await?),
    };
    let Some(verdict) = verdict else { return Ok(None) };
    let comment = verdict.comment.unwrap_or_default();
    step(steps::mark(format!("{name} {} {comment}", if verdict.answer == Verdict::Granted { "goes" } else { "stays" })))
        .await
        .map(Some)
}

/// Asks one person about an order, and for a number.
#[process(use = ["probe_users"], admin = ["probe_admins"])]
async fn count_order(order: Id<Order>, user: i64) -> Result<i32> {
    let count: i32 = ask(Id::<platform::records::User>::new(user), "How many?").about::<Order>(order).await?;
    step(steps::mark(format!("{count} of {order}"))).await?;
    Ok(count)
}

/// Asks a group that is not there.
#[process(use = ["probe_users"], admin = ["probe_admins"])]
async fn ask_nobody() -> Result<bool> {
    ask("night_watch", "Who is there?").await
}

/// Asks while something fails beside it.
#[process(use = ["probe_users"], admin = ["probe_admins"])]
async fn ask_in_a_storm(name: String, fails: u32) -> Result<(u32, bool)> {
    let storm = step(steps::shaky(name, fails)).retries(0);
    parallel((storm, ask::<bool>("probe_admins", "Is all well?"))).fail_fast().await
}

/// Strikes each hour, also those at which nobody was there.
#[process(
    use = ["finance"],
    trigger = schedule("0 * * * *", time_zone = "Europe/Berlin", catch_up = all),
    run_as = "clock@example.com",
)]
async fn strike() -> Result<()> {
    step(steps::ring("strikes".to_owned())).await
}

/// Strikes each hour, once for all that were missed.
#[process(
    use = ["finance"],
    trigger = [schedule("0 * * * *"), schedule("0 0-23 * * *", time_zone = "Asia/Kolkata", catch_up = none)],
    run_as = "clock@example.com",
)]
async fn chime() -> Result<()> {
    step(steps::ring("chimes".to_owned())).await
}

/// Rings, as whoever it runs as.
#[step]
async fn ring(what: String) -> Result<()> {
    note(&format!("{} {what}", ctx.user.name)).await
}

/// Has little time, and waits for somebody.
#[process(use = ["probe_users"], deadline = "30m")]
async fn hurry(name: String) -> Result<()> {
    step(steps::mark(format!("{name} hurries"))).await?;
    wait_for::<i64>("arrived").await.map(drop)
}

/// Takes a while for a step.
#[process(use = ["probe_users"])]
async fn linger(name: String) -> Result<()> {
    step(steps::dawdle(name.clone())).await?;
    step(steps::mark(format!("{name} leaves"))).await.map(drop)
}

/// Does it slowly.
#[step]
async fn dawdle(name: String) -> Result<()> {
    tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
    note(&format!("{name} dawdles")).await
}

/// Notes a thing with a name.
async fn note(name: &str) -> Result<()> {
    static NUMBER: AtomicI32 = AtomicI32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed) + fast_base();
    records::Thing::create(NewThing { name: name.to_owned(), number, ..Default::default() }).await.map(drop)
}

/// Programs on the same database note things with other numbers.
fn fast_base() -> i32 {
    i32::try_from(std::process::id() % 20_000).unwrap_or_default() * 100_000
}

/// Notes that it was done.
#[step(retries = 2, backoff = "1ms")]
async fn mark(name: String) -> Result<String> {
    note(&name).await?;
    Ok(format!("{name}!"))
}

/// Sets something up that can be taken down.
#[step(compensate = steps::take_down)]
async fn set_up(name: String) -> Result<()> {
    note(&name).await
}

/// Takes it down.
#[step]
async fn take_down(name: String) -> Result<()> {
    note(&format!("{name} down")).await
}

/// Fails so often, and then answers how often it was tried.
#[step(retries = 3, backoff = "1ms")]
async fn shaky(name: String, fails: u32) -> Result<u32> {
    let tried = format!("{name} tries");
    let before = records::Thing::query().name(tried.clone()).count().await?;
    note(&tried).await?;
    let before = u32::try_from(before)?;
    if before < fails { Err(AppOsError::integration("the rope has torn")) } else { Ok(before + 1) }
}

/// Counts what it packs.
#[step]
async fn pack(name: String) -> Result<()> {
    let packed: Option<i64> = ctx.var.get("packed")?;
    ctx.var.set("packed", packed.unwrap_or_default() + 1)?;
    note(&format!("{name} packs")).await
}

/// Does nothing so many times, and then waits: for benches.
#[process(use = ["probe_users"])]
async fn idle(times: u32, waits: bool) -> Result<u64> {
    let mut sum = 0;
    for _ in 0..times {
        sum += step(steps::nothing()).await?;
    }
    if waits {
        let _: Option<()> = wait_for("go").timeout(days(1)).await?;
    }
    Ok(sum)
}

/// Does nothing, and counts how often.
#[step]
fn nothing() -> u64 {
    crate::NOTHINGS.fetch_add(1, Ordering::Relaxed) + 1
}

#[appos::test]
async fn a_step_that_is_faked_answers_what_the_test_says() -> Result<()> {
    fake_step::<steps::mark>("seen");
    let instance = as_user("ann", ["probe_users"], async || processes::journey("Bo".to_owned()).start().await).await?;
    processes_idle().await;
    assert_eq!(instance.answer::<String>().await?.as_deref(), Some("seen, seen, seen"));
    assert_eq!(records::Thing::query().count().await?, 0);
    Ok(())
}

#[appos::test]
async fn a_step_can_be_made_to_fail_at_a_certain_try() -> Result<()> {
    fail_step::<steps::shaky>(2);
    let instance = processes::climb("Bo".to_owned(), 1).start().await?;
    processes_idle().await;
    // The second try, which would have gone well, was made to fail.
    assert_eq!(instance.answer::<u32>().await?, Some(2));
    assert_eq!(history(instance).await, ["set_up: completed", "set_up: completed", "shaky: completed"]);
    Ok(())
}

#[appos::test]
async fn time_passes_at_once() -> Result<()> {
    let instance = processes::nap("Bo".to_owned(), 90 * 24 * 3600).start().await?;
    processes_idle().await;
    assert_eq!(history(instance).await, ["mark: completed", "sleep: waiting"]);
    assert_eq!(instance.answer::<()>().await?, None);
    advance("90d");
    processes_idle().await;
    assert_eq!(history(instance).await, ["mark: completed", "sleep: completed", "mark: completed"]);
    Ok(())
}
