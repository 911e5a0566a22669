//! Where one can go: the sites of all apps, as far as the visitor may follow them.

use futures_util::future::{join, join_all};

use super::names;
use crate::error::{AppOsError, Result};
use crate::icon;
use crate::registry::{ObjectDescriptor, ObjectDetail, Registry};
use crate::security::{Permission, Rights};
use crate::state::Ctx;
use crate::ui::components::IconName;
use crate::ui::objects::{self, site_of};
use crate::ui::processes;
use crate::ui::text::own;

/// A place to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) label: String,
    pub(crate) href: String,
    /// Before its label.
    pub(crate) icon: IconName,
    /// A number beside it.
    pub(crate) badge: Option<String>,
}

/// Places below a heading of their own, or, without one, of the app itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) label: Option<String>,
    pub(crate) entries: Vec<Entry>,
}

/// What an app has to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) app: &'static str,
    pub(crate) label: String,
    /// Where the app begins.
    pub(crate) home: Option<String>,
    pub(crate) groups: Vec<Group>,
}

impl Section {
    /// Everything in it.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.groups.iter().flat_map(|group| &group.entries)
    }
}

/// The records that somebody may view, in the order of their references.
pub(crate) fn viewable(registry: &'static Registry, rights: &Rights) -> Vec<&'static ObjectDescriptor> {
    let all = registry.objects().iter().copied();
    all.filter(|object| matches!(object.detail, ObjectDetail::Record(_)) && rights.allows(object, Permission::View))
        .collect()
}

/// Everywhere that the user of the present scope can go. An app whose site cannot be read now is left out.
///
/// # Errors
/// The user's rights cannot be read.
pub(crate) async fn sections(registry: &'static Registry) -> Result<Vec<Section>> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    ctx.scope().fresh_rights().await?;
    // What the platform itself keeps is for few, and comes last.
    let apps = registry.apps().iter().map(|app| app.name).filter(|app| *app != "platform").chain(["platform"]);
    let sections = join_all(apps.map(section)).await;
    Ok(sections.into_iter().flatten().filter(|section| section.entries().next().is_some()).collect())
}

async fn section(app: &'static str) -> Option<Section> {
    let site = match site_of(app).await {
        Ok(site) => site,
        Err(error) => {
            tracing::warn!(%error, app, "the navigation of an app cannot be shown");
            return None;
        }
    };
    // Entries of its own come before the groups.
    let (groups, own): (Vec<_>, Vec<_>) = site.entries.into_iter().partition(|entry| entry.href.is_none());
    let groups = groups
        .into_iter()
        .map(|group| async move { Group { label: Some(group.label), entries: entries(group.children).await } });
    let (own, groups) = join(entries(own), join_all(groups)).await;
    let own = Group {
        label: None,
        entries: own.into_iter().chain(instances(app).await).chain(of_platform(app).await).collect(),
    };
    let groups = std::iter::once(own).chain(groups).filter(|group| !group.entries.is_empty());
    let label = if site.name == app { names::app(app) } else { site.name };
    Some(Section { app, label, home: site.home, groups: groups.collect() })
}

/// The instances of an app's processes, for whoever may see some of them. What cannot be read now is left out.
async fn instances(app: &'static str) -> Option<Entry> {
    let seen = processes::are_seen(app).await.unwrap_or_else(|error| {
        tracing::warn!(%error, app, "whether there are instances of processes cannot be told");
        false
    });
    let entry = || Entry {
        label: own::processes::title().to_owned(),
        href: processes::address(app),
        icon: icon!("workflow"),
        badge: None,
    };
    seen.then(entry)
}

/// The console, its numbers, the systems outside and caught mail, among what the platform itself keeps. What cannot be
/// read now is left out.
async fn of_platform(app: &'static str) -> Vec<Entry> {
    if app != "platform" {
        return Vec::new();
    }
    let own = join(crate::ui::admin::entry(), crate::ui::monitoring::entry());
    let others = join(crate::ui::systems::entry(), crate::ui::caught_mail::entry());
    let ((console, numbers), (systems, mail)) = join(own, others).await;
    // The console has the numbers, too.
    let numbers = if matches!(console, Ok(Some(_))) { Ok(None) } else { numbers };
    let entries = [console, numbers, systems, mail].into_iter().filter_map(|entry| {
        entry.unwrap_or_else(|error| {
            tracing::warn!(%error, "whether a page of the platform may be seen cannot be told");
            None
        })
    });
    entries.collect()
}

async fn entries(entries: Vec<objects::Entry>) -> Vec<Entry> {
    let entries = entries.into_iter().filter_map(|entry| {
        let href = entry.href?;
        let icon = if entry.icon.is_empty() { icon!("table-2") } else { IconName::from(entry.icon.as_str()) };
        Some(async move {
            let badge = match entry.badge {
                Some(badge) => badge.ask().await,
                None => None,
            };
            Entry { label: entry.label, href, icon, badge }
        })
    });
    join_all(entries).await
}
