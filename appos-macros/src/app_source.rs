//! Reads what `app!()` needs: `app.yaml` and the files beside the call.

use std::fs;
use std::path::{Path, PathBuf};

use appos_codegen::project::declared_modules;
use appos_codegen::{AppContent, AppFolder, AppManifest, AppModule, ObjectKind};

use crate::project;

/// The app around this `app!()`, or why there is none.
pub(crate) fn at_call() -> Result<AppFolder, String> {
    let file = project::call_file();
    let manifest = project::find_manifest(file.as_deref()).ok_or("there is no app.yaml")?;
    let app = project::read_manifest(&manifest).as_ref().clone()?;
    let folder = manifest.parent().unwrap_or(&manifest);
    // Only the crate's own root has modules; a test with `app!()` in it is a file of its own.
    let root = app_root(file.as_deref(), folder);
    let modules =
        root.as_ref().and_then(|root| root.parent()).map(|source| modules_in(source, folder)).unwrap_or_default();
    let declared = root.as_ref().and_then(|root| fs::read_to_string(root).ok()).map(|text| declared_modules(&text));
    let logo = app.logo.as_deref().and_then(|logo| logo_at(folder, logo));
    Ok(AppFolder {
        manifest: AppManifest {
            path: manifest.display().to_string(),
            missing_logo: app.logo.filter(|_| logo.is_none()),
            logo,
            name: app.name,
        },
        crate_name: root.is_some().then(project::crate_name),
        modules: modules.into_iter().filter(|module| module.name != "lib" && module.name != "main").collect(),
        declared: declared.unwrap_or_default(),
    })
}

/// The file of a logo, if it is one of the app: links that lead out of its folder are followed first.
fn logo_at(folder: &Path, logo: &str) -> Option<String> {
    let file = fs::canonicalize(folder.join(logo)).ok().filter(|file| file.is_file())?;
    let is_inside = fs::canonicalize(folder).is_ok_and(|folder| file.starts_with(folder));
    is_inside.then(|| file.display().to_string())
}

/// `src/lib.rs` or `src/main.rs`, if that is where the call stands or may stand.
fn app_root(file: Option<&Path>, folder: &Path) -> Option<PathBuf> {
    let roots = ["lib.rs", "main.rs"].map(|name| folder.join("src").join(name));
    match file {
        Some(file) => roots.into_iter().find(|root| root == file),
        None => roots.into_iter().find(|root| root.is_file()),
    }
}

fn modules_in(source: &Path, folder: &Path) -> Vec<AppModule> {
    let mut modules: Vec<AppModule> = Vec::new();
    // Files before folders: `sales.rs` beside `sales/` declares what lies in the folder.
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) =
        project::entries(source).into_iter().partition(|path| path.is_dir());
    for path in files.iter().chain(&folders) {
        if let Some(module) = module(path, folder)
            && modules.iter().all(|known| known.name != module.name)
        {
            modules.push(module);
        }
    }
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    modules
}

fn module(path: &Path, folder: &Path) -> Option<AppModule> {
    let name = |part: Option<&std::ffi::OsStr>| part.and_then(|name| name.to_str()).map(str::to_owned);
    if !path.is_dir() {
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        return is_rust.then(|| name(path.file_stem())).flatten().map(|name| file(name, path, folder));
    }
    let name = name(path.file_name()).filter(|name| !name.starts_with('.'))?;
    if path.join("mod.rs").is_file() {
        return Some(file(name, &path.join("mod.rs"), folder));
    }
    Some(AppModule { name, content: AppContent::Folder(modules_in(path, folder)) })
}

fn file(name: String, path: &Path, folder: &Path) -> AppModule {
    let objects = project::objects_of(path, folder);
    let functions = objects.iter().filter(|object| object.kind != ObjectKind::Record);
    let objects = functions.map(|object| (object.kind, object.name.clone())).collect();
    AppModule { name, content: AppContent::File { objects } }
}
