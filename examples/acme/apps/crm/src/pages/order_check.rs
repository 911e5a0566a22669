//! Whether what orders say adds up.

/// Looks whether the total of every order is the sum of its lines, which takes a while.
#[page(route = "/order-check", title = "Check of orders")]
fn order_check() -> Element {
    let check = use_work::<u64>();
    let begin = move |_| {
        check.begin(|report| async move {
            let orders = records::Order::query().all().await?;
            let (total, mut wrong) = (orders.len() as u64, 0);
            for (done, order) in (1..).zip(&orders) {
                let lines = order.lines.query().all().await?;
                let sum: Decimal = lines.iter().map(|line| line.unit_price * Decimal::from(line.quantity)).sum();
                if sum != order.total {
                    wrong += 1;
                }
                report.tell(done, total);
            }
            Ok(wrong)
        });
    };
    let progress = check.progress();
    rsx! {
        h1 { "Check of orders" }
        match progress {
            None => rsx! {
                Button { variant: ui::ButtonVariant::Primary, onclick: begin, "Check all orders" }
            },
            Some(progress) => rsx! {
                Progress {
                    label: "Checking",
                    value: progress.done as f64,
                    max: progress.total as f64,
                    note: "{progress.done} of {progress.total} orders",
                }
                Button { onclick: move |_| check.cancel(), "Stop" }
            },
        }
        {check.with_outcome(|outcome| match outcome {
            None => rsx! {},
            Some(Ok(0)) => rsx! { p { role: "status", "All of them add up." } },
            Some(Ok(wrong)) => rsx! { p { role: "status", "{wrong} of them do not add up." } },
            Some(Err(error)) => rsx! { p { role: "alert", "{error.message()}" } },
        })}
    }
}
