//! Sites: what an app shows first, and how one gets about in it.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock};

use super::link::{Link, Target};
use super::navigation::{Entry, Item, Leads, Navigation, plural_label};
use crate::config::AppConfig;
use crate::engine;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::registry::{ObjectDescriptor, ObjectDetail, Registry, SiteDescriptor};
use crate::security::{Permission, Rights};
use crate::state::Ctx;

/// A navigation on its way.
pub type NavigationCall = Pin<Box<dyn Future<Output = Result<Navigation>> + Send>>;

/// How the navigation of a site is made.
#[derive(Debug)]
pub struct SiteEntry {
    /// Calls the author's function, which is dispatch.
    pub navigation: fn() -> NavigationCall,
}

/// Calls the body of a site: permission `view`, operation `render`.
pub(crate) fn read_navigation(
    object: &'static ObjectDescriptor,
    body: impl FnOnce(Ctx) -> Navigation + Send + 'static,
) -> NavigationCall {
    let caller = Ctx::current();
    Box::pin(async move {
        let slot = Arc::new(Mutex::new(None));
        let made = Arc::clone(&slot);
        engine::run(
            caller,
            object,
            (Permission::View, "render"),
            LoggedArguments::none(),
            move |ctx: Ctx| async move {
                let navigation = body(ctx);
                navigation.check()?;
                *made.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(navigation);
                Ok(())
            },
        )
        .await?;
        let made = slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        made.ok_or_else(|| AppOsError::execution("the site made no navigation"))
    })
}

/// What a visitor sees of an app's site.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SiteView {
    /// Name of the app, for people.
    pub(crate) name: String,
    /// Where the app begins for this visitor; `None`: nothing of it is his to view.
    pub(crate) home: Option<String>,
    pub(crate) entries: Vec<Entry>,
}

/// The site of an app as the visitor of the present scope sees it. An app that has written none has its
/// records and its pages without parameters.
///
/// # Errors
/// The visitor's rights cannot be read, or the author's function failed. Whoever may not view the site sees
/// an empty one.
pub(crate) async fn site_of(app: &str) -> Result<SiteView> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let registry = ctx.scope().engine.registry();
    let written = registry.objects().iter().filter(|object| object.app == app).find_map(|object| match object.detail {
        ObjectDetail::Site(site) => Some((*object, site)),
        _ => None,
    });
    match written {
        Some((object, site)) => written_site(object, site, &rights).await,
        None => Ok(made_site(registry, app, &rights)),
    }
}

async fn written_site(
    object: &'static ObjectDescriptor,
    site: &'static SiteDescriptor,
    rights: &Rights,
) -> Result<SiteView> {
    let name = site.name.to_owned();
    let Some(entry) = site.entry.downcast_ref::<SiteEntry>().filter(|_| rights.allows(object, Permission::View)) else {
        return Ok(SiteView { name, home: None, entries: Vec::new() });
    };
    let navigation = (entry.navigation)().await?;
    let entries = visible(navigation, rights);
    let default = site.default.map(|page| page()).filter(|page| rights.allows(page, Permission::View));
    let home = default.map(|page| Link::to(page).to_string()).or_else(|| first(&entries));
    Ok(SiteView { name, home, entries })
}

/// The site of an app that has written none.
fn made_site(registry: &'static Registry, app: &str, rights: &Rights) -> SiteView {
    let mine = registry.objects().iter().filter(|object| object.app == app && rights.allows(object, Permission::View));
    let (mut pages, mut records) = (Vec::new(), Vec::new());
    for object in mine {
        let entry = |label: String, href: String| Entry {
            label,
            icon: String::new(),
            href: Some(href),
            badge: None,
            children: Vec::new(),
        };
        match object.detail {
            ObjectDetail::Page(page) if page.parameters.iter().all(|parameter| !parameter.required) => {
                pages.push(entry(page.title.to_owned(), Link::to(object).to_string()));
            }
            ObjectDetail::Record(_) => records.push(entry(plural_label(object), list_of(object))),
            _ => {}
        }
    }
    pages.extend(records);
    let name = display_name(app).unwrap_or(app).to_owned();
    SiteView { name, home: first(&pages), entries: pages }
}

/// How the `app.yaml` of an app names it for people.
fn display_name(app: &str) -> Option<&'static str> {
    /// Read once: the texts are compiled in.
    static NAMES: OnceLock<HashMap<&'static str, String>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let apps = Registry::global().apps().iter();
        apps.filter_map(|app| Some((app.name, AppConfig::parse(app.yaml, app.yaml_path).ok()?.display_name))).collect()
    });
    names.get(app).map(String::as_str)
}

/// Leaves out what the visitor may not view.
fn visible(navigation: Navigation, rights: &Rights) -> Vec<Entry> {
    navigation.items.into_iter().filter_map(|item| shown(item, rights)).collect()
}

fn shown(item: Item, rights: &Rights) -> Option<Entry> {
    let Item { label, icon, badge, leads } = item;
    let (href, children) = match leads {
        Leads::Group(items) => {
            let children: Vec<Entry> = items.into_iter().filter_map(|item| shown(item, rights)).collect();
            if children.is_empty() {
                return None;
            }
            (None, children)
        }
        Leads::To(Target::Address(address)) => (Some(address), Vec::new()),
        Leads::To(Target::Page(object, address)) => {
            (Some(address).filter(|_| rights.allows(object, Permission::View)), Vec::new())
        }
        Leads::To(Target::Record(object)) => {
            (Some(list_of(object)).filter(|_| rights.allows(object, Permission::View)), Vec::new())
        }
    };
    (href.is_some() || !children.is_empty()).then_some(Entry { label, icon, href, badge, children })
}

fn list_of(object: &ObjectDescriptor) -> String {
    let plural = match object.detail {
        ObjectDetail::Record(record) => record.plural.as_str(),
        _ => object.name,
    };
    format!("/{}/{plural}", object.app)
}

/// Where the first entry leads that is not a group.
fn first(entries: &[Entry]) -> Option<String> {
    entries.iter().find_map(|entry| entry.href.clone().or_else(|| first(&entry.children)))
}
