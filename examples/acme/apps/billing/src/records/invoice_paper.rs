//! Invoices on paper.

/// An invoice as its account was sent it.
#[record(document(of = Invoice, accept = ["application/pdf"], max_size = "2 MB"))]
pub struct InvoicePaper {}
