//! What lies above a page: dialogs, menus, toasts, the command palette.

mod menu;
mod modal;
mod palette;
mod search;
mod toast;

pub use menu::{Menu, MenuItem, MenuLink, MenuProps, MenuSection};
pub use modal::{Modal, ModalProps};
pub use palette::{CommandPalette, CommandPaletteProps, PaletteEntry, PaletteGroup};
pub use search::{GlobalSearch, GlobalSearchProps};
pub use toast::{Toast, Toasts, ToastsProps};
