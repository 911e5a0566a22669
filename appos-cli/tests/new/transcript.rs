//! What a new user types, from an empty folder to a changed record, and what is answered: the file
//! `transcript.md`. `APPOS_BLESS=1` writes it anew.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use crate::project::{Folder, alone, done, err, out};

const PROJECT: &str = "workshop";

/// The page as it is being written.
struct Transcript {
    folder: Folder,
    page: String,
}

impl Transcript {
    fn new() -> Self {
        let page = "# From an empty folder to a changed record\n\nChecked by `transcript.rs`. The command line is \
                    installed with `cargo install --path appos-cli`.\n"
            .to_owned();
        Self { folder: Folder::new(), page }
    }

    fn say(&mut self, text: &str) {
        let _ = write!(self.page, "\n{text}\n");
    }

    fn block(&mut self, language: &str, text: &str) {
        let _ = write!(self.page, "\n```{language}\n{}\n```\n", normal(text.trim_end()));
    }

    /// A command and its answer.
    fn appos(&mut self, within: &str, arguments: &[&str]) -> String {
        let output = self.folder.appos(within, arguments);
        let said = done(&output);
        // Cargo's own lines depend on what it has built before.
        let errors = err(&output);
        let own = errors.lines().filter(|line| !line.starts_with("   ") && !line.contains(" INFO "));
        let typed = arguments.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
        let lines = own.chain(said.lines()).collect::<Vec<_>>().join("\n");
        self.block("console", &format!("$ cargo appos {typed}\n{lines}"));
        said
    }

    /// Starts the program, and asks for a page.
    fn serve(&mut self) {
        let serving = self.folder.serve(PROJECT);
        let page = serving.get("/setup");
        let (head, body) = page.split_once("\r\n\r\n").expect("an answer");
        let title =
            body.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>")).map_or("", |(title, _)| title);
        let status = head.lines().next().unwrap_or_default();
        let said = format!("$ cargo run\n{}\n\nGET /setup\n{status}: {title}", serving.said.join("\n"));
        drop(serving);
        self.block("console", &said);
    }

    /// Changes a file as an author does.
    fn edit(&mut self, path: &str, from: &str, to: &str) {
        let place = format!("{PROJECT}/{path}");
        let text = self.folder.read(&place);
        assert!(text.contains(from), "{path} has `{from}`: {text}");
        self.folder.write(&place, &text.replacen(from, to, 1));
        let lines = |sign: char, text: &str| -> String {
            text.lines().flat_map(|line| [sign.to_string(), line.to_owned(), "\n".to_owned()]).collect()
        };
        let kept = to.strip_prefix(from);
        let changed =
            kept.map_or_else(|| lines('-', from) + &lines('+', to), |new| lines(' ', from) + &lines('+', new));
        self.block("diff", &format!("{path}\n{changed}"));
    }
}

fn quoted(word: &str) -> String {
    if word.contains(['<', '?']) { format!("'{word}'") } else { word.to_owned() }
}

/// Without what differs from run to run.
fn normal(text: &str) -> String {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(|root| root.canonicalize().ok());
    let text = text.replace(&checkout.expect("a checkout").display().to_string(), "<appos>");
    let text = masked(&text, "127.0.0.1:", |sign| sign.is_ascii_digit(), "<port>");
    let text = masked(&text, "token=", |sign| !sign.is_whitespace(), "<token>");
    // The time at which a migration was written; that of the first is the template's.
    let text = masked(&text, "m202", |sign| sign.is_ascii_digit() || sign == '_', "<time>_");
    text.replace("m202<time>_", "m<time>_")
}

fn masked(text: &str, before: &str, part: impl Fn(char) -> bool, with: &str) -> String {
    let mut pieces = text.split(before);
    let mut masked = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(&part);
        let with = if rest.len() == piece.len() { "" } else { with };
        let _ = write!(masked, "{before}{with}{rest}");
    }
    masked
}

#[test]
fn a_new_user_gets_from_an_empty_folder_to_a_changed_record() {
    let _alone = alone();
    let mut page = Transcript::new();
    page.say("## A project that runs");
    page.appos("", &["new", PROJECT]);
    page.folder.has_features_of_tests(PROJECT);
    page.serve();

    page.say("## A field more\n\nWhat is estimated is there; what was needed is not. Who would see a change of tasks?");
    page.appos(PROJECT, &["impact", "tasks.records.task.hours"]);
    page.edit(
        "apps/tasks/src/records/task.rs",
        "    hours: i32,\n",
        "    hours: i32,\n    /// How long it has taken so far.\n    #[field(default = 0)]\n    \
         #[validate(range(min = 0, max = 1000))]\n    hours_spent: i32,\n",
    );
    // A new field is one that tests, which name all, must name.
    page.edit(
        "apps/tasks/tests/rules.rs",
        "            hours,\n        };",
        "            hours,\n            hours_spent: 0,\n        };",
    );

    page.say("## A rule that uses it");
    page.appos(PROJECT, &["add", "rule", "tasks", "hours_over", "project_id:Id<Project>", "--returns", "i64"]);
    page.edit(
        "apps/tasks/src/rules/hours_over.rs",
        "    // Write it here: `ctx` tells who is calling, and until when.\n    let _ = project_id;\n    \
         Err(\"hours_over is not written yet\".into())\n",
        "    let project = records::Project::get(project_id).await?;\n    \
         let tasks = project.tasks.query().all().await?;\n    \
         Ok(tasks.iter().map(|task| i64::from((task.hours_spent - task.hours).max(0))).sum())\n",
    );

    page.say("## The database follows");
    page.appos(PROJECT, &["migrate"]);
    page.appos(PROJECT, &["permissions", "--lock"]);
    page.appos(PROJECT, &["check", "--deny", "warnings"]);

    page.say("## What the change reaches\n\nThe new rule, and nothing else:");
    let reached = page.appos(PROJECT, &["impact", "tasks.records.task.hours_spent"]);
    assert!(reached.contains("Used by (1)\n  tasks.rules.hours_over\n    read hours_spent  "), "{reached}");
    page.serve();
    let tested = page.folder.cargo(PROJECT, &["test", "--workspace"]);
    assert!(tested.status.success(), "{}{}", out(&tested), err(&tested));
    done(&page.folder.cargo(PROJECT, &["fmt", "--check", "-p", "tasks", "-p", PROJECT]));

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/new/transcript.md");
    if env::var_os("APPOS_BLESS").is_some() {
        fs::write(&file, &page.page).expect("the page");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(page.page, expected, "write tests/new/transcript.md anew with APPOS_BLESS=1");
}
