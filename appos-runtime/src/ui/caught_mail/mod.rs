//! `/caught-mail`: mail that was kept in the place of being sent, for administrators. It is there as long as mail is
//! caught.

mod list;
mod post;
mod show;

pub(crate) use list::CaughtMailList;
pub(crate) use post::post;
pub(crate) use show::CaughtMailScreen;

use crate::engine::Engine;
use crate::error::Result;
use crate::icon;
use crate::outside::mail::{Catcher, sends_mail};
use crate::security::Permission;
use crate::ui::processes::current;
use crate::ui::shell::NavigationEntry;
use crate::ui::text::own::caught_mail as words;

/// Where it is; no app has a name with a hyphen.
pub(crate) const ADDRESS: &str = "/caught-mail";

/// True if mail is caught.
pub(crate) fn is_there(engine: &Engine) -> bool {
    engine.resource::<Catcher>().is_some()
}

/// The entry in the navigation, for whoever may list it, where there is something that sends mail.
///
/// # Errors
/// His rights cannot be read.
pub(crate) async fn entry() -> Result<Option<NavigationEntry>> {
    let ctx = current()?;
    let engine = &ctx.scope().engine;
    if !is_there(engine) || !sends_mail(engine.registry()) {
        return Ok(None);
    }
    let rights = ctx.scope().fresh_rights().await?;
    let rule = engine.registry().find("platform.rules.list_caught_mail");
    let may = rule.is_some_and(|rule| rights.allows(rule, Permission::Use));
    let entry = || NavigationEntry {
        label: words::title().to_owned(),
        href: ADDRESS.to_owned(),
        icon: icon!("mail"),
        badge: None,
    };
    Ok(may.then(entry))
}
