//! One process of each shape. `name` is the instance's own; the numbers of its steps are each used once.

/// One step after the other.
#[process(display_name = "{name}", use = ["killers"])]
async fn chain(name: String, length: i64) -> Result<i64> {
    let mut sum = 0;
    for number in 1..=length {
        sum += step(steps::work(name.clone(), number)).await?;
    }
    Ok(sum)
}

/// Branches side by side, and a step after all of them.
#[process(display_name = "{name}", use = ["killers"])]
async fn fork(name: String) -> Result<i64> {
    let branches: Vec<_> = (1..=4)
        .map(|branch| {
            let name = name.clone();
            async move {
                let first = step(steps::work(name.clone(), branch * 10)).await?;
                Ok(first + step(steps::shaky(name, branch * 10 + 1)).await?)
            }
        })
        .collect();
    let sum: i64 = parallel(branches).await?.into_iter().sum();
    Ok(sum + step(steps::work(name, 1000)).await?)
}

/// Waits twice, shorter and longer than a program waits in memory.
#[process(display_name = "{name}", use = ["killers"])]
async fn naps(name: String) -> Result<i64> {
    step(steps::work(name.clone(), 1)).await?;
    sleep(std::time::Duration::from_millis(400)).await?;
    step(steps::work(name.clone(), 2)).await?;
    sleep(seconds(2)).await?;
    step(steps::work(name, 3)).await
}

/// Has others as its parts, side by side.
#[process(display_name = "{name}", use = ["killers"])]
async fn family(name: String) -> Result<i64> {
    step(steps::work(name.clone(), 1)).await?;
    let elder = processes::chain(format!("{name}.elder"), 2);
    let younger = processes::chain(format!("{name}.younger"), 3);
    let (elder, younger) =
        parallel((async move { elder.run().await }, async move { younger.run().await })).await?;
    let own = step(steps::work(name, 2)).await?;
    Ok(elder + younger + own)
}

/// Waits until it was told 3, and answers all it was told.
#[process(display_name = "{name}", use = ["killers"])]
async fn told(name: String) -> Result<Vec<i64>> {
    let mut all = Vec::new();
    for number in 1..100 {
        let told: i64 = wait_for("go").await?;
        all.push(told);
        step(steps::work(name.clone(), number)).await?;
        if told == 3 {
            break;
        }
    }
    Ok(all)
}

/// Does what fails at random.
#[process(display_name = "{name}", use = ["killers"])]
async fn stumble(name: String) -> Result<i64> {
    step(steps::shaky(name.clone(), 1)).await?;
    step(steps::shaky(name, 2)).await
}

/// Does what is tried once, and goes on without it.
#[process(display_name = "{name}", use = ["killers"])]
async fn brittle(name: String) -> Result<i64> {
    step(steps::fragile(name.clone(), 1)).on_error(Skip).await?;
    step(steps::fragile(name.clone(), 2)).on_error(Skip).await?;
    step(steps::work(name, 3)).await
}

/// Fails, and undoes what it did.
#[process(display_name = "{name}", use = ["killers"])]
async fn undo(name: String) -> Result<()> {
    for number in 1..=3 {
        step(steps::set_up(name.clone(), number)).await?;
    }
    step(steps::give_up(name, 4)).await
}

/// Does something that takes as long as its name says, and something else.
#[process(display_name = "{name}", use = ["killers"])]
async fn slow(name: String) -> Result<i64> {
    step(steps::dawdle(name.clone(), 1)).await?;
    step(steps::work(name, 2)).await
}

/// Adds up in a variable, over a wait.
#[process(display_name = "{name}", use = ["killers"])]
async fn count(name: String) -> Result<(Option<i64>, Option<String>)> {
    ctx.var.set("owner", &name)?;
    for number in 1..=3 {
        step(steps::add(name.clone(), number)).await?;
    }
    sleep(std::time::Duration::from_millis(1200)).await?;
    for number in 4..=5 {
        step(steps::add(name.clone(), number)).await?;
    }
    Ok((ctx.var.get("sum")?, ctx.var.get("owner")?))
}
