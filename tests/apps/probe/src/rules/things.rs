//! Rules on records.

#[expression_rule]
async fn open_things(above: Decimal) -> Result<Vec<Thing>> {
    records::Thing::query()
        .filter(|c| c.stage.eq(Stage::Open).and(c.amount.gt(above)))
        .order_by(|c| [c.amount.desc(), c.name.asc()])
        .limit(50)
        .all()
        .await
}

#[expression_rule]
async fn parts_of(thing: Id<Thing>) -> Result<Vec<String>> {
    let thing = records::Thing::get(thing).await?;
    let parts = thing.parts.query().order_by(|c| c.label.asc()).all().await?;
    Ok(parts.into_iter().map(|part| part.label).collect())
}

#[expression_rule]
async fn make_thing(new: NewThing) -> Result<Thing> {
    records::Thing::create(new).await
}

#[expression_rule]
async fn limit_of(thing: Id<Thing>) -> Result<Decimal> {
    let thing = Thing::get(thing).await?;
    Ok(*thing.secret_limit.get()?)
}
