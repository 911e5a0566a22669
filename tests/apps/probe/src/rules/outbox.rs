//! Rules that put calls into the outbox, and rules that are called from it.

/// Makes a thing that tells of the delivery that made it.
#[expression_rule]
async fn deliver_thing(name: String, number: i32) -> Result<()> {
    let delivery = ctx.delivery.ok_or("not called from the outbox")?;
    let extra = json!({ "delivery": delivery.id, "attempt": delivery.attempt, "user": ctx.user.name });
    records::Thing::create(NewThing { name, number, extra: Some(extra), ..NewThing::default() }).await?;
    Ok(())
}

/// How a rule that has enqueued something ends.
#[choices]
pub enum End {
    Well,
    Error,
    Panic,
    Late,
}

/// Writes a thing and enqueues another, as one.
#[expression_rule(timeout = "200ms")]
async fn thing_and_delivery(name: String, end: End) -> Result<()> {
    transaction(async {
        records::Thing::create(NewThing { name: format!("{name} itself"), ..NewThing::default() }).await?;
        engine::enqueue(ObjectRef::of::<rules::deliver_thing>(), json!({ "name": name, "number": 1 })).await?;
        match end {
            End::Well => Ok(()),
            End::Error => Err("given up".into()),
            End::Panic => panic!("half-way"),
            End::Late => {
                tokio::time::sleep(std::time::Duration::from_secs(60)).await;
                Ok(())
            }
        }
    })
    .await
}

/// Gives up a part of a transaction, each way a part can end, and keeps the rest.
#[expression_rule]
async fn parts_given_up() -> Result<()> {
    transaction(async {
        rules::thing_and_delivery("kept".to_owned(), End::Well).await?;
        for end in [End::Error, End::Panic, End::Late] {
            if rules::thing_and_delivery("given up".to_owned(), end).await.is_ok() {
                return Err("the part was kept".into());
            }
        }
        // Its rule refuses it after the row was written.
        if records::Basket::create(NewBasket { label: "forbidden".to_owned(), size: 1 }).await.is_ok() {
            return Err("the basket was kept".into());
        }
        Ok(())
    })
    .await
}

/// Enqueues many calls as one.
#[expression_rule]
async fn many_deliveries(name: String, count: i32) -> Result<()> {
    transaction(async {
        for number in 0..count {
            let arguments = json!({ "name": name, "number": number });
            engine::enqueue(ObjectRef::of::<rules::deliver_thing>(), arguments).await?;
        }
        Ok(())
    })
    .await
}

/// Fails at every attempt before this one.
#[expression_rule]
async fn fail_before(attempt: i32, password: String) -> Result<()> {
    let delivery = ctx.delivery.ok_or("not called from the outbox")?;
    if i64::from(delivery.attempt) < i64::from(attempt) || password.is_empty() {
        return Err("not yet".into());
    }
    rules::deliver_thing("at last".to_owned(), attempt).await
}

/// At its first attempt never comes to its end.
#[expression_rule]
async fn hang_at_first(name: String) -> Result<()> {
    let attempt = ctx.delivery.map_or(0, |delivery| delivery.attempt);
    let number = i32::try_from(attempt)?;
    rules::deliver_thing(name, number).await?;
    if attempt == 1 {
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    }
    Ok(())
}

/// Takes its time.
#[expression_rule]
async fn deliver_slowly(name: String) -> Result<()> {
    rules::deliver_thing(name.clone(), 1).await?;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    rules::deliver_thing(name, 2).await
}
