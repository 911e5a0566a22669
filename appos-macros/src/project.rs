//! Reads the files that expansions depend on: `app.yaml` and the app's source. All the I/O of
//! the macros is here and in `app_source`; what was read is kept until the file changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use appos_codegen::project::{methods_in, objects_in};
use appos_codegen::{AppFile, Around, KnownMethod, KnownObject, KnownText, Project, texts_in};
use proc_macro::Span;

/// How many folders above a file outside the package `app.yaml` is looked for.
const LEVELS: usize = 6;

/// The app around the macro call that is being expanded.
pub(crate) fn at_call() -> Project {
    let file = call_file();
    let Some(manifest) = find_manifest(file.as_deref()) else {
        return Project { app: crate_name(), marked: is_marked(), ..Project::default() };
    };
    // A file that cannot be read is reported once, by `app!()`.
    let app = read_manifest(&manifest);
    let groups = app.as_ref().as_ref().ok().map(|app| app.groups.clone());
    let name = app.as_ref().as_ref().ok().and_then(|app| app.name.clone()).unwrap_or_else(crate_name);
    let objects = file.as_deref().map(|file| objects_around(file, &manifest)).unwrap_or_default();
    let methods = file.as_deref().filter(|_| is_marked()).map(|file| methods_around(file, &manifest));
    Project {
        app: name,
        groups,
        objects,
        file,
        marked: is_marked(),
        methods: methods.unwrap_or_default(),
        ..Project::default()
    }
}

/// What `t!` must know of the app around it: its name and its texts.
pub(crate) fn texts_at_call() -> Project {
    let file = call_file();
    let Some(manifest) = find_manifest(file.as_deref()) else {
        return Project { app: crate_name(), ..Project::default() };
    };
    let name = read_manifest(&manifest).as_ref().as_ref().ok().and_then(|app| app.name.clone());
    // Of a file outside of the app's source, such as documentation, the sets are in it or nowhere.
    let texts = file.as_deref().map(|file| texts_around(file, &manifest)).unwrap_or_default();
    Project { app: name.unwrap_or_else(crate_name), texts, ..Project::default() }
}

/// Whose names a test sees that is being expanded: the package's own app, from within or from
/// beside it, or none's. A file outside of a package, such as documentation, is a crate of its own
/// that calls `app!()`.
pub(crate) fn around_call() -> Around {
    let (Some(file), Some(package)) = (call_file(), package_folder()) else { return Around::App };
    let Ok(inside) = file.strip_prefix(&package) else { return Around::App };
    if file.extension().is_none_or(|extension| extension != "rs") {
        return Around::App;
    }
    let has_app = package.join("app.yaml").is_file() && package.join("src").join("lib.rs").is_file();
    let is_source = inside.starts_with("src");
    if !is_source && fs::read_to_string(&file).is_ok_and(|text| text.contains("app!()")) {
        return Around::App;
    }
    match (has_app, is_source) {
        (true, true) => Around::App,
        (true, false) => Around::Beside(crate_name()),
        (false, _) => Around::Nothing,
    }
}

/// True in the build with which `cargo appos impact` asks the compiler for every use of an
/// object. Cargo keeps its results apart from those of other builds.
fn is_marked() -> bool {
    std::env::var_os("APPOS_IMPACT").is_some()
}

/// The source file of the call; rust-analyzer and doctests do not always know it.
pub(crate) fn call_file() -> Option<PathBuf> {
    let file = Span::call_site().local_file()?;
    let folder = file.parent().filter(|folder| *folder != "").unwrap_or(Path::new("."));
    Some(canonical(folder)?.join(file.file_name()?))
}

pub(crate) fn package_folder() -> Option<PathBuf> {
    canonical(Path::new(&std::env::var_os("CARGO_MANIFEST_DIR")?))
}

/// The folder without links and dots.
fn canonical(folder: &Path) -> Option<PathBuf> {
    static FOLDERS: Kept<Option<PathBuf>> = Kept::new();
    FOLDERS.get(folder.to_owned(), |folder| fs::canonicalize(folder).ok())
}

/// The file that lists the migrations of the package, if it has any. Once it is there the
/// compiler follows it; when it is first written, `cargo appos migrate` sees to a new build.
pub(crate) fn migrations() -> Option<String> {
    let file = package_folder()?.join("migrations").join("mod.rs");
    file.is_file().then(|| file.to_str().map(str::to_owned)).flatten()
}

pub(crate) fn crate_name() -> String {
    std::env::var("CARGO_PKG_NAME").unwrap_or_default().replace('-', "_")
}

/// The nearest `app.yaml` at or above the file, at most up to the package; else the package's.
pub(crate) fn find_manifest(file: Option<&Path>) -> Option<PathBuf> {
    static FOUND: Kept<Option<PathBuf>> = Kept::new();
    let package = package_folder();
    let start = file.and_then(Path::parent).or(package.as_deref())?;
    FOUND.get(start.to_owned(), |start| {
        let levels = match &package {
            Some(package) if start.starts_with(package) => {
                start.components().count() - package.components().count() + 1
            }
            _ => LEVELS,
        };
        let above = start.ancestors().take(levels).chain(package.as_deref());
        above.map(|folder| folder.join("app.yaml")).find(|path| path.is_file())
    })
}

/// What was last found at a path, for every macro of a build that asks again. Without it an app of `n`
/// files would look at `n` times `n` files in one build.
struct Kept<T>(Mutex<BTreeMap<PathBuf, (Instant, T)>>);

impl<T: Clone> Kept<T> {
    const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    fn get(&self, path: PathBuf, find: impl FnOnce(&Path) -> T) -> T {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, found)) = kept.get(&path)
            && still_good(*at)
        {
            return found.clone();
        }
        let found = find(&path);
        kept.insert(path, (Instant::now(), found.clone()));
        found
    }
}

/// A compiler reads one state of the source and ends. An editor, whose process lives on, sees a saved file
/// a tenth of a second later.
fn still_good(at: Instant) -> bool {
    static IS_COMPILER: LazyLock<bool> = LazyLock::new(|| {
        let program = std::env::current_exe().ok();
        let name = program.as_deref().and_then(Path::file_stem).and_then(|name| name.to_str());
        matches!(name, Some("rustc" | "clippy-driver" | "rustdoc"))
    });
    *IS_COMPILER || at.elapsed() < Duration::from_millis(100)
}

type Stamped<T> = BTreeMap<PathBuf, (Option<SystemTime>, Arc<T>)>;

/// Computes a value from a file, or takes the one from last time if the file is still the same.
fn cached<T>(cache: &Mutex<Stamped<T>>, path: &Path, compute: impl FnOnce() -> T) -> Arc<T> {
    let changed = fs::metadata(path).and_then(|data| data.modified()).ok();
    let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((stamp, value)) = cache.get(path)
        && *stamp == changed
    {
        return Arc::clone(value);
    }
    let value = Arc::new(compute());
    cache.insert(path.to_owned(), (changed, Arc::clone(&value)));
    value
}

/// Name and groups, or why they cannot be read.
pub(crate) fn read_manifest(path: &Path) -> Arc<Result<AppFile, String>> {
    static CACHE: Mutex<Stamped<Result<AppFile, String>>> = Mutex::new(BTreeMap::new());
    cached(&CACHE, path, || {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        AppFile::parse(&text).map_err(|error| format!("{}: {error}", path.display()))
    })
}

/// Objects of the whole app, or of the file alone if it is no part of the app's source.
fn objects_around(file: &Path, manifest: &Path) -> Arc<[KnownObject]> {
    let folder = manifest.parent().unwrap_or(manifest);
    let source = folder.join("src");
    if file.starts_with(&source) {
        return objects_under(source, folder);
    }
    match file.extension() {
        Some(extension) if extension == "rs" => objects_of(file, folder).as_slice().into(),
        // Documentation: each example in it is a crate of its own.
        _ => [].into(),
    }
}

/// Methods that the app's source, or the file outside it, adds to its own types.
fn methods_around(file: &Path, manifest: &Path) -> Arc<[KnownMethod]> {
    static CACHE: Mutex<Stamped<Vec<KnownMethod>>> = Mutex::new(BTreeMap::new());
    let source = manifest.parent().unwrap_or(manifest).join("src");
    let files = if file.starts_with(&source) { rust_files(&source) } else { vec![file.to_owned()] };
    let methods = |file: &PathBuf| {
        cached(&CACHE, file, || fs::read_to_string(file).map(|text| methods_in(&text)).unwrap_or_default())
    };
    files.iter().flat_map(|file| methods(file).as_ref().clone()).collect()
}

/// Texts of the app, and of the file if it is no part of the app's source.
fn texts_around(file: &Path, manifest: &Path) -> Arc<[KnownText]> {
    static LAST: Kept<Arc<[KnownText]>> = Kept::new();
    let source = manifest.parent().unwrap_or(manifest).join("src");
    let is_part = file.starts_with(&source);
    if !is_part && file.extension().is_none_or(|extension| extension != "rs") {
        return [].into();
    }
    let of_app =
        LAST.get(source, |source| rust_files(source).iter().flat_map(|file| texts_of(file).as_ref().clone()).collect());
    if is_part { of_app } else { texts_of(file).iter().chain(&*of_app).cloned().collect() }
}

fn texts_of(file: &Path) -> Arc<Vec<KnownText>> {
    static CACHE: Mutex<Stamped<Vec<KnownText>>> = Mutex::new(BTreeMap::new());
    cached(&CACHE, file, || fs::read_to_string(file).map(|text| texts_in(&text)).unwrap_or_default())
}

fn objects_under(source: PathBuf, folder: &Path) -> Arc<[KnownObject]> {
    static LAST: Kept<Arc<[KnownObject]>> = Kept::new();
    LAST.get(source, |source| {
        let files = rust_files(source);
        files.iter().flat_map(|file| objects_of(file, folder).as_ref().clone()).collect()
    })
}

pub(crate) fn objects_of(file: &Path, folder: &Path) -> Arc<Vec<KnownObject>> {
    static CACHE: Mutex<Stamped<Vec<KnownObject>>> = Mutex::new(BTreeMap::new());
    cached(&CACHE, file, || {
        let shown = file.strip_prefix(folder).unwrap_or(file).display().to_string();
        fs::read_to_string(file).map(|text| objects_in(&text, file, &shown)).unwrap_or_default()
    })
}

/// All `.rs` files under a folder, sorted.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// What a folder holds, sorted by name: the order of files on disk is not an order.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
}
