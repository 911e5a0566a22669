//! From what has changed to the tests that it reaches.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::files::{ChangedFile, changed_files};
use super::lines::changed_items;
use crate::impact::{Graph, Holder, Kind, Outline, Sources, build_with_tests, node_name};
use crate::project::fingerprint::{name, rust_files};
use crate::project::locate::Platform;
use crate::terminal::Failure;
use crate::testing::list::Test;
use crate::testing::report::ChangedSince;
use crate::testing::workspace::{Package, Workspace};

/// A change, as far as tests are concerned.
pub(crate) struct Changed {
    since: String,
    /// Packages in which something has changed, or in something that they depend on.
    concerned: BTreeSet<String>,
    /// Packages all of whose tests are reached.
    whole: BTreeSet<String>,
    /// Packages all of whose tests under `tests` are reached.
    whole_tests: BTreeSet<String>,
    /// Nodes that have changed.
    starts: BTreeSet<String>,
    /// What is known of the code; nothing, if no line of it has changed.
    code: Option<Code>,
}

struct Code {
    graph: Graph,
    sources: Sources,
    /// Nodes that are reached.
    reached: BTreeSet<String>,
}

impl Code {
    /// The functions of an app, or of its tests, that have this name.
    fn functions<'a>(&'a self, app: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
        let own = self.sources.files.iter().filter(move |(_, (known, _))| known == app);
        own.flat_map(move |(file, (_, outline))| {
            let named = outline.items().iter().filter(move |held| match &held.holder {
                Holder::Code { label, .. } => label.trim_start_matches("r#") == name,
                _ => false,
            });
            named.map(move |held| node_name(file, app, &held.holder))
        })
    }
}

/// A change before it is known where it leads.
#[derive(Default)]
struct Seen {
    concerned: BTreeSet<String>,
    whole: BTreeSet<String>,
    whole_tests: BTreeSet<String>,
    files: Vec<(String, ChangedFile)>,
}

impl Changed {
    /// What has changed since a commit in a platform and its workspace.
    ///
    /// # Errors
    /// git does not know the commit, or the project does not compile.
    pub(crate) fn since(workspace: &Workspace, platform: &Platform, since: &str) -> Result<Self, Failure> {
        let mut seen = Seen::default();
        for file in changed_files(&workspace.root, since)? {
            seen.add(workspace, file);
        }
        let mut changed = Self {
            since: since.to_owned(),
            concerned: seen.concerned,
            whole: seen.whole,
            whole_tests: seen.whole_tests,
            starts: BTreeSet::new(),
            code: None,
        };
        // Where all is run there is nothing to be asked.
        let open = seen.files.iter().any(|(package, _)| !changed.whole.contains(package));
        if open {
            changed.follow(workspace, platform, &seen.files)?;
        }
        Ok(changed)
    }

    fn follow(
        &mut self,
        workspace: &Workspace,
        platform: &Platform,
        files: &[(String, ChangedFile)],
    ) -> Result<(), Failure> {
        let packages: Vec<&Package> = workspace.packages.iter().filter(|package| package.is_on_appos).collect();
        let sources = sources(workspace, platform, &packages);
        let names: Vec<&str> = packages.iter().map(|package| &*package.name).collect();
        let graph = build_with_tests(platform, &names, &sources)?;
        for (package, file) in files {
            let known = name(platform, &file.path);
            let items = sources.files.get(&known).zip(file.hunks.as_deref()).and_then(|((app, outline), hunks)| {
                let items = changed_items(outline, hunks)?;
                let held = items.into_iter().map(|place| &outline.items()[place]);
                let nodes = held.map(|held| (node_name(&known, app, &held.holder), held.is_implicit));
                // An item that uses no object is in no graph: who uses it is not known.
                nodes
                    .map(|(node, is_implicit)| (graph.nodes.contains_key(&node) && !is_implicit).then_some(node))
                    .collect::<Option<Vec<_>>>()
            });
            match items {
                Some(nodes) => self.starts.extend(nodes),
                None => self.whole.extend(workspace.dependents(package).into_iter().map(str::to_owned)),
            }
        }
        let asking = packages.iter().filter(|package| self.concerns(package) && starts_programs(package));
        let asking: Vec<String> = asking.map(|package| package.name.clone()).collect();
        self.whole_tests.extend(asking);
        let reached = reached(&graph, &self.starts);
        self.code = Some(Code { graph, sources, reached });
        Ok(())
    }

    /// Packages that may have a test that is reached.
    pub(crate) fn concerns(&self, package: &Package) -> bool {
        self.concerned.contains(&package.name)
    }

    /// Once the tests are known: code that is reached and that nobody is seen to call, is called in a way that is not
    /// seen, as by a trait. Then all tests that can see it are reached.
    pub(crate) fn close(&mut self, workspace: &Workspace, tests: &[(&Package, &[Test])]) {
        let Some(code) = &self.code else { return };
        let used: BTreeSet<&str> = code.graph.edges.iter().map(|edge| edge.to.as_str()).collect();
        let mut open = BTreeSet::new();
        for (file, (app, outline)) in &code.sources.files {
            for held in outline.items() {
                let Holder::Code { label, .. } = &held.holder else { continue };
                let node = node_name(file, app, &held.holder);
                let is_test = || tests.iter().any(|(_, tests)| tests.iter().any(|test| test.function() == label));
                if code.reached.contains(&node) && (held.is_implicit || (!used.contains(node.as_str()) && !is_test())) {
                    open.extend(workspace.package_of(&workspace.root.join(file)).map(|package| package.name.clone()));
                }
            }
        }
        for package in open {
            self.whole.extend(workspace.dependents(&package).into_iter().map(str::to_owned));
        }
    }

    /// True if a test of a package is reached.
    pub(crate) fn reaches(&self, package: &Package, kind: &str, test: &Test) -> bool {
        let is_whole =
            self.whole.contains(&package.name) || (kind == "test" && self.whole_tests.contains(&package.name));
        let (true, Some(code)) = (!is_whole, &self.code) else { return is_whole };
        let app = package.name.replace('-', "_");
        if let Some(rule) = test.case_of() {
            let rule = format!("{app}.rules.{rule}");
            return !code.graph.nodes.contains_key(&rule) || code.reached.contains(&rule);
        }
        let mut functions = code.functions(&app, test.function()).peekable();
        // One that is in no source was made by a macro: what it uses is not known.
        functions.peek().is_none()
            || functions.any(|node| {
                // From outside, a test that names no object may still ask for one, as over HTTP.
                code.reached.contains(&node) || (kind == "test" && !code.graph.nodes.contains_key(&node))
            })
    }

    /// For the report.
    pub(crate) fn told(&self) -> ChangedSince {
        ChangedSince {
            since: self.since.clone(),
            objects: self.starts.iter().cloned().collect(),
            whole: self.whole.iter().cloned().collect(),
        }
    }
}

impl Seen {
    fn add(&mut self, workspace: &Workspace, file: ChangedFile) {
        let everything = || workspace.packages.iter().map(|package| package.name.clone());
        let path = file.path.strip_prefix(&workspace.root).unwrap_or(&file.path).to_owned();
        let of_all = ["Cargo.toml", "Cargo.lock", "rust-toolchain", "rust-toolchain.toml"]
            .iter()
            .any(|name| path == std::path::Path::new(name));
        if of_all || path.starts_with(".cargo") {
            self.concerned.extend(everything());
            self.whole.extend(everything());
            return;
        }
        let Some(package) = workspace.package_of(&file.path) else {
            // Beside all packages: a text for people changes nothing, anything else may.
            if path.extension().is_none_or(|extension| extension != "md") {
                self.concerned.extend(everything());
                self.whole.extend(everything());
            }
            return;
        };
        let dependents: BTreeSet<String> = workspace.dependents(&package.name).into_iter().map(str::to_owned).collect();
        self.concerned.extend(dependents.iter().cloned());
        let inside = file.path.strip_prefix(&package.folder).unwrap_or(&file.path);
        if file.hunks.is_some() && inside.starts_with("tests") {
            self.whole_tests.insert(package.name.clone());
        } else if file.hunks.is_some() && inside.starts_with("src") && package.is_on_appos {
            self.files.push((package.name.clone(), file));
        } else {
            self.whole.extend(dependents);
        }
    }
}

/// True if tests of a package start a program, which may be the platform: what they ask of it is in no source.
fn starts_programs(package: &Package) -> bool {
    let starts = |text: String| text.contains("CARGO_BIN_EXE_") || text.contains("Command::new");
    rust_files(&package.folder.join("tests")).iter().any(|file| fs::read_to_string(file).is_ok_and(starts))
}

/// The files of packages with what they say, tests among them.
fn sources(workspace: &Workspace, platform: &Platform, packages: &[&Package]) -> Sources {
    let mut sources = Sources::default();
    for package in packages {
        let app = package.name.replace('-', "_");
        for file in ["src", "tests"].iter().flat_map(|folder| rust_files(&package.folder.join(folder))) {
            // A file that no module names may hold anything.
            if let Some(outline) = fs::read_to_string(&file).ok().and_then(|text| Outline::read(&text).ok()) {
                sources.files.insert(name(platform, &file), (app.clone(), outline));
            }
        }
        let users = workspace.dependents(&package.name).into_iter().map(|name| name.replace('-', "_"));
        sources.users.insert(app, users.collect());
    }
    sources
}

/// All that uses what has changed, directly or not.
fn reached(graph: &Graph, starts: &BTreeSet<String>) -> BTreeSet<String> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut referred: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let is_record = |name: &str| graph.nodes.get(name).is_some_and(|node| node.kind == "record");
    for edge in &graph.edges {
        users.entry(&edge.to).or_default().push(&edge.from);
        if edge.kind == Kind::Reference && is_record(&edge.from) && is_record(&edge.to) {
            referred.entry(&edge.from).or_default().push(&edge.to);
        }
    }
    // What is done to a row is done to those that refer to it.
    let behind = walk(starts.iter().map(String::as_str).filter(|name| is_record(name)), &referred);
    // A call whose target is a value may be one of anything.
    let unknown = graph.dynamic.iter().map(|call| &call.from).chain(graph.unresolved.iter().map(|call| &call.from));
    let unknown = unknown.map(String::as_str).filter(|_| !starts.is_empty());
    let all = walk(starts.iter().map(String::as_str).chain(behind).chain(unknown), &users);
    all.into_iter().map(str::to_owned).collect()
}

fn walk<'a>(starts: impl Iterator<Item = &'a str>, ways: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let mut open: Vec<&str> = starts.collect();
    let mut found = BTreeSet::new();
    while let Some(at) = open.pop() {
        if found.insert(at) {
            open.extend(ways.get(at).into_iter().flatten());
        }
    }
    found
}
