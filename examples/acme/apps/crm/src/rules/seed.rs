//! Demonstration data: a company that sells office furniture, its customers, orders and
//! invoices of the last two years.

/// Fills an empty platform; the platform calls it once, at its first start, in the name of
/// the system account. Answers how many rows it wrote.
#[expression_rule(description = "Write demonstration data into an empty platform", use = ["system_admin"])]
async fn seed_demo_data() -> Result<u32> {
    if records::Customer::query().exists().await? || billing::records::Account::query().exists().await? {
        return Ok(0);
    }
    let mut seed = Seed { dice: crate::demo::Dice::new(), rows: 0, orders: 0 };
    let employees = seed.employees().await?;
    for (name, host) in crate::demo::COMPANIES {
        seed.company(name, host, &employees).await?;
    }
    Ok(seed.rows)
}

/// The day so many days ago.
fn days_ago(days: u32) -> Date {
    DateTime::from(std::time::SystemTime::now() - days_long(days)).date_naive()
}

fn days_long(days: u32) -> std::time::Duration {
    std::time::Duration::from_secs(u64::from(days) * 86_400)
}

/// An amount of money from cents.
fn money(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

/// What one run of the seed knows.
struct Seed {
    dice: crate::demo::Dice,
    rows: u32,
    orders: u32,
}

/// An order that is being put together.
struct Basket {
    lines: Vec<(i64, &'static str, i64, i32)>,
}

impl Basket {
    fn total(&self) -> Decimal {
        money(self.lines.iter().map(|(_, _, cents, quantity)| cents * i64::from(*quantity)).sum())
    }
}

impl Seed {
    async fn employees(&mut self) -> Result<Vec<Id<billing::records::Employee>>> {
        let mut ids: Vec<Id<billing::records::Employee>> = Vec::new();
        for (first_name, last_name, title, superior) in crate::demo::EMPLOYEES {
            let (city, country, ..) = crate::demo::PLACES[8];
            let employee = billing::records::Employee::create(billing::records::NewEmployee {
                first_name: first_name.to_owned(),
                last_name: last_name.to_owned(),
                title: title.to_owned(),
                reports_to: superior.and_then(|place| ids.get(place).copied()).map(Into::into),
                hire_date: days_ago(self.dice.between(800, 4000)),
                city: Some(city.to_owned()),
                country: Some(country.to_owned()),
                email: format!("{}@acme.example", ascii(first_name)),
                ..Default::default()
            })
            .await?;
            ids.push(employee.id);
            self.rows += 1;
        }
        Ok(ids)
    }

    /// A customer with its people, its account, and what it bought.
    async fn company(&mut self, name: &str, host: &str, employees: &[Id<billing::records::Employee>]) -> Result<()> {
        let (city, country, code, postal_code) = self.dice.pick(&crate::demo::PLACES);
        let address = format!("{} {}", self.dice.pick(&crate::demo::STREETS), self.dice.between(1, 140));
        let phone = format!("{code} {}", self.dice.between(200_000, 999_999));
        let (first_name, last_name) =
            (self.dice.pick(&crate::demo::FIRST_NAMES), self.dice.pick(&crate::demo::LAST_NAMES));
        // The last two are the support representatives.
        let support = employees.get(self.dice.between(5, 6) as usize);
        let account = billing::records::Account::create(billing::records::NewAccount {
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            company: Some(name.to_owned()),
            address: address.clone(),
            city: city.to_owned(),
            country: country.to_owned(),
            postal_code: Some((postal_code + self.dice.between(0, 40)).to_string()),
            phone: Some(phone.clone()),
            email: format!("invoices@{host}.example"),
            support_rep: support.copied().map(Into::into),
            payment_days: self.dice.pick(&[14, 30, 30, 60]),
            ..Default::default()
        })
        .await?;
        let known_for = self.dice.between(60, 720);
        let customer = records::Customer::create(NewCustomer {
            name: name.to_owned(),
            email: format!("office@{host}.example"),
            phone: Some(phone),
            website: Some(format!("https://www.{host}.example")),
            address: Some(address),
            city: Some(city.to_owned()),
            country: Some(country.to_owned()),
            credit_limit: Decimal::from(self.dice.between(2, 30) * 1000),
            customer_since: Some(days_ago(known_for)),
            account: Some(account.id.into()),
            ..Default::default()
        })
        .await?;
        self.rows += 2;
        self.contacts(&customer, host, (first_name, last_name)).await?;
        for _ in 0..self.dice.between(1, 4) {
            let age = self.dice.between(1, known_for);
            self.order(&customer, &account, age).await?;
        }
        rules::refresh_tier(customer.id).await?;
        Ok(())
    }

    async fn contacts(&mut self, customer: &Customer, host: &str, main: (&str, &str)) -> Result<()> {
        for place in 0..self.dice.between(1, 2) {
            let (first_name, last_name) = match place {
                0 => main,
                _ => (self.dice.pick(&crate::demo::FIRST_NAMES), self.dice.pick(&crate::demo::LAST_NAMES)),
            };
            records::Contact::create(NewContact {
                customer: customer.id.into(),
                first_name: first_name.to_owned(),
                last_name: last_name.to_owned(),
                title: Some(self.dice.pick(&crate::demo::TITLES).to_owned()),
                email: Some(format!("{}.{}@{host}.example", ascii(first_name), ascii(last_name))),
                phone: customer.phone.as_ref().map(|phone| format!("{phone}-{}", 10 + place)),
                main_contact: place == 0,
            })
            .await?;
            self.rows += 1;
        }
        Ok(())
    }

    /// An order of so many days ago, and its invoice if it has come that far.
    async fn order(&mut self, customer: &Customer, account: &billing::records::Account, age: u32) -> Result<()> {
        let basket = Basket {
            lines: (0..self.dice.between(1, 2))
                .map(|_| {
                    let (article, description, cents) = self.dice.pick(&crate::demo::ARTICLES);
                    (article, description, cents, i32::try_from(self.dice.between(1, 12)).unwrap_or(1))
                })
                .collect(),
        };
        let status = match age {
            _ if self.dice.percent(6) => OrderStatus::Cancelled,
            0..=6 => OrderStatus::Draft,
            7..=13 => OrderStatus::Confirmed,
            14..=20 => OrderStatus::Shipped,
            _ => OrderStatus::Completed,
        };
        self.orders += 1;
        let invoice = match status {
            OrderStatus::Completed => Some(self.invoice(account, &basket, age - 14).await?),
            _ => None,
        };
        let order = records::Order::create(NewOrder {
            number: format!("O-{:05}", self.orders),
            customer: customer.id.into(),
            ordered_on: days_ago(age),
            status,
            total: basket.total(),
            invoice: invoice.map(Into::into),
            note: self.dice.percent(15).then(|| "Please deliver in the morning.".to_owned()),
        })
        .await?;
        for (article, description, cents, quantity) in &basket.lines {
            records::OrderLine::create(NewOrderLine {
                order: order.id.into(),
                article: *article,
                description: (*description).to_owned(),
                unit_price: money(*cents),
                quantity: *quantity,
            })
            .await?;
            self.rows += 1;
        }
        self.rows += 1;
        Ok(())
    }

    async fn invoice(
        &mut self,
        account: &billing::records::Account,
        basket: &Basket,
        age: u32,
    ) -> Result<Id<billing::records::Invoice>> {
        let days = u32::try_from(account.payment_days).unwrap_or(30);
        let due_on = DateTime::from(std::time::SystemTime::now() - days_long(age) + days_long(days)).date_naive();
        // Most pay in time, and nearly all in the end.
        let paid = if age > days { self.dice.percent(92) } else { self.dice.percent(35) };
        let invoice = billing::records::Invoice::create(billing::records::NewInvoice {
            number: format!("R-{:05}", self.orders),
            account: account.id.into(),
            issued_on: days_ago(age),
            due_on: Some(due_on),
            status: if paid { billing::records::InvoiceStatus::Paid } else { billing::records::InvoiceStatus::Sent },
            billing_address: Some(account.address.clone()),
            billing_city: Some(account.city.clone()),
            billing_country: Some(account.country.clone()),
            total: basket.total(),
        })
        .await?;
        for (article, description, cents, quantity) in &basket.lines {
            billing::records::InvoiceLine::create(billing::records::NewInvoiceLine {
                invoice: invoice.id.into(),
                article: *article,
                description: Some((*description).to_owned()),
                unit_price: money(*cents),
                quantity: *quantity,
            })
            .await?;
            self.rows += 1;
        }
        self.rows += 1;
        Ok(invoice.id)
    }
}

/// The letters of a name that may stand in an e-mail address.
fn ascii(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
