//! Rules that write several rows as one.

/// Makes a thing with parts, or nothing.
#[expression_rule]
async fn whole_thing(name: String, parts: Vec<String>, fail: bool) -> Result<Thing> {
    transaction(async {
        let new = NewThing { name, amount: dec!(1), ..NewThing::default() };
        let thing = records::Thing::create(new).await?;
        for label in parts {
            records::Part::create(NewPart { thing: thing.id.into(), label }).await?;
        }
        // What the transaction has written can be read in it, also through other objects.
        let seen = rules::parts_of(thing.id).await?;
        if fail {
            return Err(AppOsError::validation(format!("{} parts were seen and given up", seen.len())));
        }
        Ok(thing)
    })
    .await
}

/// A write that fails inside a transaction leaves the rest of it whole.
#[expression_rule]
async fn whole_without_the_twin(name: String) -> Result<u64> {
    transaction(async {
        let new = NewThing { name, amount: dec!(1), ..NewThing::default() };
        records::Thing::create(new.clone()).await?;
        let twin = records::Thing::create(new).await;
        if twin.is_ok() {
            return Err("the twin was taken".into());
        }
        transaction(async { records::Thing::count().await }).await
    })
    .await
}

/// A transaction that fails inside another leaves what the other wrote.
#[expression_rule]
async fn whole_around_a_failure(name: String) -> Result<Vec<String>> {
    transaction(async {
        let named = |name: &str| NewThing { name: name.to_owned(), amount: dec!(1), ..NewThing::default() };
        records::Thing::create(named(&name)).await?;
        let inner: Result<()> = transaction(async {
            records::Thing::create(named("given up")).await?;
            Err("given up".into())
        })
        .await;
        if inner.is_ok() {
            return Err("the inner one was kept".into());
        }
        transaction(async { records::Thing::create(named("kept")).await }).await?;
        let things = records::Thing::query().order_by(|c| c.id.asc()).all().await?;
        Ok(things.into_iter().map(|thing| thing.name).collect())
    })
    .await
}

/// Never comes to its end.
#[expression_rule(timeout = "100ms")]
async fn whole_but_late(name: String) -> Result<()> {
    transaction(async {
        records::Thing::create(NewThing { name, amount: dec!(1), ..NewThing::default() }).await?;
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
        Ok(())
    })
    .await
}

/// Panics half-way.
#[expression_rule]
async fn whole_but_broken(name: String) -> Result<()> {
    transaction(async {
        records::Thing::create(NewThing { name, amount: dec!(1), ..NewThing::default() }).await?;
        panic!("half-way");
    })
    .await
}

/// Gives a permission and takes it back with the transaction.
#[expression_rule]
async fn grant_and_give_up(group: Id<platform::records::Group>, fail: bool) -> Result<()> {
    transaction(async {
        let permission = serde_grant(group);
        platform::records::ObjectPermission::create(permission).await?;
        if fail { Err("given up".into()) } else { Ok(()) }
    })
    .await
}

fn serde_grant(group: Id<platform::records::Group>) -> platform::records::NewObjectPermission {
    platform::records::NewObjectPermission {
        group: group.into(),
        pattern: "probe.rules.admins_only".to_owned(),
        permission: platform::records::PermissionChoice::of("use"),
    }
}
