//! The screens that an app writes itself: interfaces, pages and sites. Drawing one is a dispatch of it,
//! so nothing is shown that its visitor may not view.

mod address;
mod data;
mod draw;
mod interface;
mod link;
mod navigation;
mod page;
mod route;
mod site;

pub use address::{AddressReader, PageArguments, read_parameter};
pub use data::{LoadState, Loader, use_data, use_query, use_rule};
pub use interface::render_interface;
pub use link::{IntoTarget, Link, PageObject, Target, page_object};
pub use navigation::{Navigation, navigation};
pub use page::{PageEntry, render_page};
pub use site::{NavigationCall, SiteEntry, read_navigation};

#[expect(unused_imports, reason = "the frame around pages shows them")]
pub(crate) use navigation::{Badge, Entry};
pub(crate) use page::{PageScreen, page_of};
pub(crate) use route::problems;
#[expect(unused_imports, reason = "the frame around pages shows it")]
pub(crate) use site::{SiteView, site_of};
