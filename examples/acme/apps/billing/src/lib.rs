//! Billing: who owes what. Knows nothing of customers and orders; the CRM builds on it.

#[macro_use]
extern crate appos;

app!();
