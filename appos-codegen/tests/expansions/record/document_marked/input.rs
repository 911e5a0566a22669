#[record(document(
    of = Customer, accept = ["application/pdf", "image/*"], max_size = "20 MB", versions = 10, scan = rules::scan_upload,
))]
pub struct Contract {
    signed_on: Option<Date>,
}
