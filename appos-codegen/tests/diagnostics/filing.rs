//! Mistakes in documents and folders.

use super::{accept, check};

#[test]
fn a_document_says_whose_it_is() {
    check(
        "#[record(document(accept = [\"image/*\"]))] struct A { note: String }",
        &[(
            "document",
            "`document(..)` does not say which record's rows it belongs to; it inherits their permissions",
            "write `document(of = Customer)`",
        )],
    );
    check(
        "#[record(folder(of = A))] struct A { note: String }",
        &[("A", "record `A` cannot belong to itself", "name the record whose rows it belongs to: `of = Customer`")],
    );
    check(
        "#[record(document(of = B), folder(of = B))] struct A { note: String }",
        &[("folder", "a record cannot be a document and a folder", "make two records: a folder, and a document of it")],
    );
    accept("#[record(document(of = billing::records::Invoice, accept = [\"image/*\"], versions = 3))] struct A {}");
    accept("#[record(folder(of = B, auto_cleanup = \"30d\", max_size = \"20 MB\", max_files = 10))] struct A {}");
}

#[test]
fn permissions_come_from_the_record_it_belongs_to() {
    let help = |key: &str| format!("leave `{key}` out, and write it on that record");
    let message = |key: &str| {
        format!(
            "`{key}` cannot be given here: documents and folders inherit the permissions of the record they belong to"
        )
    };
    check(
        "#[record(document(of = B), view = [\"crm_users\"], public_access)] struct A { note: String }",
        &[
            ("\"crm_users\"", &message("view"), &help("view")),
            ("public_access", &message("public_access"), &help("public_access")),
        ],
    );
}

#[test]
fn limits_are_possible_ones() {
    check(
        "#[record(document(of = B, accept = [\"pdf\"], versions = 0, max_size = \"big\", colour = 1))] struct A {}",
        &[
            (
                "\"big\"",
                "`max_size` is no size: \"big\" (a whole number and B, KB, MB, GB or TB)",
                "write `max_size = \"20 MB\"`",
            ),
            (
                "colour",
                "document(..) has no key `colour`",
                "it knows `of`, `accept`, `max_size`, `max_files`, `versions` and `scan`",
            ),
            (
                "\"pdf\"",
                "`accept` takes media types; this is none: \"pdf\"",
                "write `accept = [\"application/pdf\", \"image/*\"]`",
            ),
            ("0", "`versions` takes a number from 1 to 1,000,000", "write `versions = 10`"),
        ],
    );
}

#[test]
fn fields_of_the_file_are_there_already() {
    check(
        "#[record(document(of = B))] struct A { size: i64 }",
        &[("size", "field `size` is written twice", "give each field its own name")],
    );
}
