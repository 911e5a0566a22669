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
pub use link::{Link, PageObject, page_object};
pub use navigation::{Navigation, navigation};
pub use page::PageEntry;
pub use site::{NavigationCall, SiteEntry};

pub(crate) use draw::why;
pub(crate) use interface::render_interface;
pub(crate) use navigation::Entry;
pub(crate) use page::{PageScreen, page_of, render_page};
pub(crate) use route::problems;
pub(crate) use site::{read_navigation, site_of};
