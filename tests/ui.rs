//! What authors see: each file under `ui` fails with the text beside it, each under `ui_pass`
//! compiles. `TRYBUILD=overwrite` rewrites the texts, to be reviewed.

#[test]
fn mistakes_are_reported_where_they_are_made() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*/*.rs");
    cases.pass("tests/ui_pass/*/*.rs");
}
