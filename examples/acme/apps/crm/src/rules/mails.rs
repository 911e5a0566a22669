//! What customers are told by mail.

/// Sends a customer the list of his orders, as a file.
#[expression_rule(description = "Mails a customer the list of his orders")]
async fn mail_orders(customer_id: Id<Customer>) -> Result<()> {
    let customer = records::Customer::get(customer_id).await?;
    let orders = records::Order::query().customer(customer_id).all().await?;
    let lines: Vec<String> = orders.iter().map(|order| format!("{};{}\n", order.number, order.ordered_on)).collect();
    let mail = outside::Email::to(customer.email).subject(format!("Orders of {}", customer.name)).html(rsx! {
        p { style: "color: #0b5c8a", "Dear {customer.name}," }
        p { "the list of your orders is attached." }
    });
    connected_systems::mailer().await?.send(mail.attach("orders.csv", "text/csv", lines.concat())).await?;
    Ok(())
}
