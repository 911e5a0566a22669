//! `cargo appos test` on a project of its own: it runs what cargo runs, tells it in a stable form, and with `--changed`
//! leaves out what a change does not reach, and nothing else.

mod page;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

/// Two apps of which one builds on the other, and a platform.
///
/// Packages of one name in one target folder get in each other's way: there is one project at a time.
struct Project(TempDir, #[expect(dead_code, reason = "held")] MutexGuard<'static, ()>);

static ONE: Mutex<()> = Mutex::new(());

const PRICES: &str = r#"//! Prices.

use std::ops::Mul;

/// No object: a helper.
fn doubled(number: i64) -> i64 {
    number.mul(2)
}

#[expression_rule(case(0) = 0, case(3) = 6, case(-1) = err("negative"))]
fn twice(number: i64) -> Result<i64> {
    if number < 0 {
        return Err("negative".into());
    }
    Ok(doubled(number))
}

/// What an item costs.
#[expression_rule]
async fn price_of(item: Id<Item>) -> Result<i64> {
    Ok(records::Item::get(item).await?.price)
}

/// Nobody but its test asks for it.
#[expression_rule]
fn alone() -> bool {
    true
}

#[cfg(test)]
mod tests {
    #[appos::test]
    async fn an_item_has_its_price() -> Result<()> {
        let item = records::Item::create(NewItem { name: "desk".to_owned(), price: 20 }).await?;
        assert_eq!(rules::price_of(item.id).await?, 20);
        Ok(())
    }

    #[appos::test]
    async fn it_is_alone() -> Result<()> {
        assert!(rules::alone().await?);
        Ok(())
    }

    #[test]
    #[ignore]
    fn it_takes_long() {}
}
"#;

const ITEM: &str = r#"//! Items.

#[record(view = ["clerks"], create = ["clerks"])]
pub struct Item {
    name: String,
    price: i64,
}

impl Item {
    /// In words; to be called by other apps, too.
    pub async fn offer(&self) -> Result<String> {
        Ok(format!("{} for {}", self.name, rules::price_of(self.id).await?))
    }
}
"#;

const OFFERS: &str = r#"//! Offers.

#[expression_rule]
async fn offer(item: Id<stock::records::Item>) -> Result<String> {
    stock::records::Item::get(item).await?.offer().await
}

#[expression_rule]
fn greeting() -> String {
    "hello".to_owned()
}

#[appos::test]
async fn somebody_is_greeted() -> Result<()> {
    assert_eq!(rules::greeting().await?, "hello");
    Ok(())
}
"#;

const SALES: &str = r#"//! As the others see it.

#[appos::test]
async fn an_offer_names_the_price() -> Result<()> {
    let new = stock::records::NewItem { name: "desk".to_owned(), price: 20 };
    let item = stock::records::Item::create(new).await?;
    assert_eq!(rules::offer(item.id).await?, "desk for 20");
    Ok(())
}
"#;

const PRICES_FILE: &str = "stock/src/rules/prices.rs";

impl Project {
    fn new() -> Self {
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let project = Self(tempfile::tempdir().expect("a temporary folder"), one);
        let root = root();
        let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the workspace's file");
        // The same profiles, so that dependencies are built as for all tests.
        let profiles: String =
            manifest.split_inclusive('\n').skip_while(|line| !line.starts_with("[profile.dev]")).collect();
        let path = |path: &str| root.join(path).display().to_string();
        let (appos, features) = (path(""), path("tests/features"));
        let appos = format!("appos = {{ path = {appos:?} }}\nfeatures_of_tests = {{ path = {features:?} }}");
        let package = |name: &str, more: &str| {
            let head = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
            format!("{head}\n[dependencies]\n{appos}\n{more}")
        };
        let app = |name: &str| {
            format!("name: {name}\ngroups: [clerks]\nsecurity: {{ defaults: {{ logic: {{ use: [clerks] }} }} }}\n")
        };
        let lib = "#[macro_use]\nextern crate appos;\napp!();\n";
        let members = "[workspace]\nresolver = \"3\"\nmembers = [\"shop\", \"stock\", \"sales\"]\n";
        let stock = "stock = { path = \"../stock\" }\n";
        for (name, text) in [
            ("Cargo.toml", format!("{members}\n{profiles}")),
            ("stock/Cargo.toml", package("stock", "")),
            ("stock/app.yaml", app("stock")),
            ("stock/src/lib.rs", lib.to_owned()),
            ("stock/src/records/item.rs", ITEM.to_owned()),
            (PRICES_FILE, PRICES.to_owned()),
            ("sales/Cargo.toml", package("sales", stock)),
            ("sales/app.yaml", app("sales")),
            ("sales/src/lib.rs", lib.to_owned()),
            ("sales/src/rules/offers.rs", OFFERS.to_owned()),
            ("sales/tests/outside.rs", SALES.to_owned()),
            ("shop/Cargo.toml", package("shop", &format!("{stock}sales = {{ path = \"../sales\" }}\n"))),
            ("shop/src/main.rs", "appos::platform!(stock, sales);\n".to_owned()),
            ("README.md", "# Shop\n".to_owned()),
        ] {
            project.write(name, &text);
        }
        fs::copy(root.join("Cargo.lock"), project.path("Cargo.lock")).expect("a copy");
        // Cargo takes out of the lock what is not needed here; that is no change of the author's.
        let mut cargo = Command::new("cargo");
        let done = cargo.args(["tree", "--offline"]).current_dir(project.0.path()).output();
        assert!(done.is_ok_and(|output| output.status.success()), "cargo tree");
        project.git(&["init", "--quiet"]);
        project.git(&["add", "--all"]);
        project.commit("first");
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn replace(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).expect("a file");
        assert!(text.contains(from), "{name} holds {from}");
        self.write(name, &text.replacen(from, to, 1));
    }

    fn git(&self, arguments: &[&str]) {
        let identity = [
            ("GIT_AUTHOR_NAME", "a"),
            ("GIT_AUTHOR_EMAIL", "a@b.example"),
            ("GIT_COMMITTER_NAME", "a"),
            ("GIT_COMMITTER_EMAIL", "a@b.example"),
        ];
        let done = Command::new("git").args(arguments).current_dir(self.0.path()).envs(identity).status();
        assert!(done.is_ok_and(|status| status.success()), "git {arguments:?}");
    }

    fn commit(&self, message: &str) {
        self.git(&["commit", "--quiet", "--all", "--message", message]);
    }

    fn test(&self, arguments: &[&str]) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_cargo-appos"));
        let mut command = Command::new(program);
        command.arg("test").args(arguments).current_dir(self.0.path());
        command.env("CARGO_TARGET_DIR", program.ancestors().nth(2).expect("a target folder"));
        command.env("CARGO_NET_OFFLINE", "true").env("RUST_BACKTRACE", "0").env_remove("APPOS_TEST_DATABASE");
        command.output().expect("the command runs")
    }

    fn json(&self, arguments: &[&str]) -> Json {
        let output = self.test(&[&["--json"], arguments].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)))
    }

    /// Names of the tests that were run.
    fn names(&self, arguments: &[&str]) -> BTreeSet<String> {
        names(&self.json(arguments))
    }
}

/// The last parts of the names of tests.
fn names(report: &Json) -> BTreeSet<String> {
    let tests = report["tests"].as_array().expect("tests").iter();
    let last = |test: &Json| test["name"].as_str().and_then(|name| name.rsplit("::").next()).map(str::to_owned);
    tests.map(|test| last(test).expect("a name")).collect()
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn all_tests_of_a_project_are_run_and_told() {
    let project = Project::new();
    project.replace("sales/src/lib.rs", "#[macro_use]", "//! ```\n//! assert_eq!(1 + 1, 2);\n//! ```\n\n#[macro_use]");
    let good = project.test(&[]);
    let said = out(&good);
    assert_eq!(good.status.code(), Some(0), "{said}{}", err(&good));
    for line in [
        "test stock rules::prices::tests::an_item_has_its_price ... ok (",
        "test stock rules::prices::cases_of_twice::case_3 ... ok (",
        "test stock rules::prices::tests::it_takes_long ... ignored\n",
        "test sales rules::offers::somebody_is_greeted ... ok (",
        "test sales::outside an_offer_names_the_price ... ok (",
        "test sales (doc) sales/src/lib.rs - (line 1) ... ok\n",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(said.contains("\n8 passed, 0 failed, 1 ignored in "), "{said}");

    assert_eq!(project.names(&["--cases"]), set(["case_1", "case_2", "case_3"]));
    assert_eq!(project.names(&["greeted", "alone"]), set(["somebody_is_greeted", "it_is_alone"]));
    let passed_on = project.names(&["prices", "--", "--skip", "cases_of", "--ignored"]);
    assert_eq!(passed_on, set(["it_takes_long"]));
    for (typed, near) in [("it_is_alnoe", "write `it_is_alone`"), ("stock.rules.twise", "write `twice`")] {
        let none = project.test(&[typed]);
        assert_eq!(none.status.code(), Some(2), "{}", out(&none));
        assert!(
            err(&none).contains(&format!("no test has `{typed}` in its name")) && err(&none).contains(near),
            "{}",
            err(&none)
        );
    }
    let told = project.json(&["takes_long"]);
    assert_eq!((&told["tests"][0]["result"], &told["tests"][0]["seconds"]), (&json!("ignored"), &Json::Null));
}

#[test]
fn a_test_that_fails_is_told_with_what_it_printed() {
    let project = Project::new();
    project.replace(PRICES_FILE, "price: 20 })", "price: 21 })");
    project.replace(
        "sales/src/rules/offers.rs",
        "assert_eq!(rules::greeting().await?, \"hello\");",
        "std::process::abort();",
    );
    let failed = project.test(&[]);
    let said = out(&failed);
    assert_eq!(failed.status.code(), Some(101), "{said}");
    assert!(said.contains("test stock rules::prices::tests::an_item_has_its_price ... FAILED ("), "{said}");
    assert!(said.contains("---- stock rules::prices::tests::an_item_has_its_price ----\n"), "{said}");
    assert!(said.contains("left: 21\n right: 20"), "{said}");
    assert!(said.contains("\n5 passed, 2 failed, 1 ignored in "), "{said}");

    let told = project.json(&[]);
    let numbers = ["format", "passed", "failed", "ignored", "left_out"].map(|key| told[key].as_u64());
    assert_eq!(numbers, [Some(1), Some(5), Some(2), Some(1), Some(0)]);
    let test = |name: &str| {
        let mut tests = told["tests"].as_array().expect("tests").iter();
        tests.find(|test| test["name"].as_str().is_some_and(|known| known.ends_with(name))).expect("a test").clone()
    };
    let failed = test("an_item_has_its_price");
    let place = ["package", "target", "kind", "result"].map(|key| failed[key].as_str());
    assert_eq!(place, [Some("stock"), Some("stock"), Some("lib"), Some("failed")]);
    assert!(failed["output"].as_str().is_some_and(|output| output.contains("right: 20")), "{failed}");
    assert!(failed["seconds"].is_number());
    page::holds("cargo appos test", std::slice::from_ref(&told));
    // One that ends its process ends no other, and is told by its signal.
    assert!(test("somebody_is_greeted")["output"].as_str().is_some_and(|output| output.contains("signal")), "{told}");
    let passed = test("an_offer_names_the_price");
    assert_eq!(
        (&passed["kind"], &passed["result"], &passed["output"]),
        (&json!("test"), &json!("passed"), &Json::Null)
    );

    // The type of a case is the rule's.
    project.replace(PRICES_FILE, "case(3) = 6", "case(3) = Some(6)");
    let wrong = project.test(&["--json"]);
    assert_eq!((wrong.status.code(), out(&wrong)), (Some(101), String::new()));
    let said = err(&wrong);
    assert!(said.contains("mismatched types") && said.contains("case(3) = Some(6)"), "{said}");
    assert!(said.contains("expected `i64`, found `Option"), "{said}");
}

#[test]
fn only_what_a_change_reaches_is_run() {
    let project = Project::new();
    let nothing = project.json(&["--changed"]);
    assert_eq!((names(&nothing), &nothing["changed"]["since"]), (set([]), &json!("HEAD")), "{nothing}");
    // A text beside the code is for people.
    project.write("README.md", "# The shop\n");
    assert_eq!(project.names(&["--changed"]), set([]));

    // Through a method of another app, which is no object.
    project.replace(PRICES_FILE, "get(item).await?.price)", "get(item).await?.price + 0)");
    let told = project.json(&["--changed"]);
    assert_eq!(names(&told), set(["an_item_has_its_price", "an_offer_names_the_price"]), "{told}");
    assert_eq!((&told["changed"]["objects"], &told["left_out"]), (&json!(["stock.rules.price_of"]), &json!(6)));
    page::holds("cargo appos test --changed main", std::slice::from_ref(&told));
    let text = out(&project.test(&["--changed", "HEAD"]));
    assert!(text.contains("\n2 passed, 0 failed, 6 not reached by the change in "), "{text}");
    project.commit("second");
    assert_eq!(project.names(&["--changed"]), set([]), "it is committed");
    assert_eq!(project.names(&["--changed", "HEAD~1"]).len(), 2);

    // A rule with cases, and a test that has changed itself.
    project.replace(PRICES_FILE, "Ok(doubled(number))", "Ok(doubled(number) + 0)");
    project.replace(PRICES_FILE, "assert!(rules::alone().await?);", "assert!(rules::alone().await.is_ok());");
    assert_eq!(project.names(&["--changed"]), set(["case_1", "case_2", "case_3", "it_is_alone"]));
    project.commit("third");

    // Tests under `tests` share their files.
    project.replace("sales/tests/outside.rs", "price: 20 }", "price: 10 + 10 }");
    assert_eq!(project.names(&["--changed"]), set(["an_offer_names_the_price"]));
    project.commit("fourth");

    // From outside anything may be asked of a program.
    let program = "#[test]\nfn the_program_is_asked() {\n    assert!(std::process::Command::new(\"true\").status().is_ok());\n}\n";
    project.write("sales/tests/program.rs", program);
    project.git(&["add", "--all"]);
    project.commit("fifth");
    project.replace(PRICES_FILE, "price + 0)", "price + 0 + 0)");
    let reached = set(["an_item_has_its_price", "an_offer_names_the_price", "the_program_is_asked"]);
    assert_eq!(project.names(&["--changed"]), reached);

    let unknown = project.test(&["--changed", "nowhere"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = err(&unknown);
    assert!(said.contains("nowhere") && said.contains("help: name a commit or a branch"), "{said}");
}

#[test]
fn what_is_not_known_of_a_change_may_reach_all_who_can_see_it() {
    let project = Project::new();
    // A helper in which no object is seen.
    project.replace(PRICES_FILE, "number.mul(2)", "number.mul(2) + 0");
    let told = project.json(&["--changed"]);
    assert_eq!((names(&told).len(), &told["changed"]["whole"]), (8, &json!(["sales", "shop", "stock"])), "{told}");
    project.commit("second");
    // Settings of an app, and a file that git does not know yet.
    let sales = set(["somebody_is_greeted", "an_offer_names_the_price"]);
    project.replace("sales/app.yaml", "groups: [clerks]", "groups: [clerks, others]");
    assert_eq!(project.names(&["--changed"]), sales);
    project.commit("third");
    project.write("sales/src/words.rs", "//! Words.\n\npub(crate) const HELLO: &str = \"hello\";\n");
    assert_eq!(project.names(&["--changed"]), sales);
    fs::remove_file(project.path("sales/src/words.rs")).expect("it is there");
    // What is called in a way that no name tells.
    let shown = "impl std::fmt::Display for Item {\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {\n        \
                 f.write_str(&self.name)\n    }\n}\n";
    project.write("stock/src/records/item.rs", &format!("{ITEM}\n{shown}"));
    project.commit("fourth");
    project.replace("stock/src/records/item.rs", "f.write_str(&self.name)", "write!(f, \"{}\", self.name)");
    assert_eq!(project.names(&["--changed"]).len(), 8);
    project.commit("fifth");
    // Beside all packages.
    project.write("settings.toml", "x = 1\n");
    assert_eq!(project.names(&["--changed"]).len(), 8);
}
