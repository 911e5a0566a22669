//! Rules that run with the writes of a parcel, or after them.

/// Notes what a parcel weighs.
#[expression_rule]
async fn parcel_weighed(parcel: Parcel) -> Result<()> {
    let name = format!("weighs {}", parcel.label);
    records::Thing::create(NewThing { name, ..NewThing::default() }).await?;
    Ok(())
}

/// Makes parcels, and gives them up if one of them is not liked.
#[expression_rule]
async fn parcels(labels: Vec<String>, fail: bool) -> Result<()> {
    transaction(async {
        for label in labels {
            records::Parcel::create(NewParcel { label }).await?;
        }
        if fail { Err("given up".into()) } else { Ok(()) }
    })
    .await
}

/// Refuses what may not be sent, after the outbox was told of it.
#[expression_rule]
async fn parcel_sealed(parcel: Parcel) -> Result<()> {
    if parcel.label == "forbidden" { Err("a forbidden parcel is not sealed".into()) } else { Ok(()) }
}

/// Called from the outbox: notes what it finds of the parcel by then.
#[expression_rule]
async fn parcel_sent(parcel: Id<Parcel>) -> Result<()> {
    let delivery = ctx.delivery.ok_or("not called from the outbox")?;
    let label = records::Parcel::find(parcel).await?.map(|parcel| parcel.label);
    let name = format!("sends {}", label.unwrap_or_else(|| "nothing".to_owned()));
    let extra = json!({ "delivery": delivery.id, "user": ctx.user.name });
    records::Thing::create(NewThing { name, extra: Some(extra), ..NewThing::default() }).await?;
    Ok(())
}

/// Called from the outbox after a parcel has gone.
#[expression_rule]
async fn parcel_called_back(id: Id<Parcel>) -> Result<()> {
    let gone = records::Parcel::find(id).await?.is_none();
    let name = format!("calls back, gone: {gone}");
    records::Thing::create(NewThing { name, ..NewThing::default() }).await?;
    Ok(())
}

/// Refuses that some parcels go, after the outbox was told of it.
#[expression_rule]
async fn parcel_opened(parcel: Parcel) -> Result<()> {
    if parcel.label == "kept" { Err("a kept parcel stays".into()) } else { Ok(()) }
}

/// Refuses an order that is not to be.
#[expression_rule]
async fn order_checked(order: Order) -> Result<()> {
    if order.label == "forbidden" { Err("no such order".into()) } else { Ok(()) }
}
