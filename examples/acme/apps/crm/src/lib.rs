//! Customer relationship management: customers, the people there, and their orders. Money
//! owed is the billing app's business.

#[macro_use]
extern crate appos;

app!();
