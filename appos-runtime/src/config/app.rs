//! Settings of one app, as its `app.yaml` gives them: plain data.

use super::app_reader::AppReader;
use super::app_theme::Theme;
use super::mistake::ConfigErrors;
use crate::security::Permission;

/// Settings of an app.
///
/// ```
/// use appos_runtime::config::AppConfig;
/// let app = AppConfig::parse(
///     "
/// name: crm
/// display_name: Customer Relationship Management
/// groups:
///   - crm_users
///   - { name: crm_admins, description: May change everything }
/// security:
///   defaults:
///     logic: { view: [crm_users], use: [crm_users] }
/// ",
///     "app.yaml",
/// )?;
/// assert_eq!(app.groups[1].description, "May change everything");
/// assert_eq!(app.security.logic.use_, ["crm_users"]);
/// # Ok::<(), appos_runtime::config::ConfigErrors>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppConfig {
    /// `name` (required): equal to the crate's name, first part of every reference.
    pub name: String,
    /// `display_name`: name for people; without one, `name`.
    pub display_name: String,
    /// `description`: what the app is for.
    pub description: String,
    /// `groups`: groups of users that the app needs.
    pub groups: Vec<GroupConfig>,
    /// `security.defaults`: permissions of objects that write none of their own.
    pub security: SecurityDefaults,
    /// `theme`: the colours, corners and logo of the app's screens: `accent`, `accent_dark`, `radius`, `logo`.
    pub theme: Theme,
    /// `allowed_crates`: crates that the app's code may use beside `appos`.
    pub allowed_crates: Vec<String>,
    /// `languages`: languages of the app, the first one being its own.
    pub languages: Vec<String>,
    /// `check.allow`: findings of `cargo appos check` that are meant to be, anywhere in the app.
    pub allow: Vec<AllowedFinding>,
}

/// A finding of `cargo appos check` that an app allows, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AllowedFinding {
    /// Its code, such as `A0007`.
    pub code: String,
    /// Why it is meant to be.
    pub reason: String,
    /// Where in `app.yaml` it is allowed.
    pub line: usize,
}

/// A group that an app declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupConfig {
    /// Name, in lower snake case.
    pub name: String,
    /// Who belongs to it, or "".
    pub description: String,
}

/// `security.defaults`: permissions of objects that write none of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityDefaults {
    /// `logic`: rules and constants (tier 2).
    pub logic: TierDefaults,
    /// `ui`: interfaces, pages and translations (tier 3).
    pub ui: TierDefaults,
}

/// Groups per permission; no group means that nobody inherits it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TierDefaults {
    /// Groups that may read.
    pub view: Vec<String>,
    /// Groups that may execute.
    pub use_: Vec<String>,
    /// Groups that may do all of it.
    pub admin: Vec<String>,
}

impl TierDefaults {
    /// The groups of a permission; none for those that no tier hands down.
    pub fn get(&self, permission: Permission) -> &[String] {
        match permission {
            Permission::View => &self.view,
            Permission::Use => &self.use_,
            Permission::Admin => &self.admin,
            Permission::Create | Permission::Update | Permission::Delete => &[],
        }
    }
}

impl AppConfig {
    /// Reads the text of an `app.yaml`; `file` names it in mistakes.
    ///
    /// # Errors
    ///
    /// All mistakes of the file.
    pub fn parse(yaml: &str, file: &str) -> Result<Self, ConfigErrors> {
        let mut reader = AppReader::new(file);
        reader.read(yaml);
        reader.finish()
    }
}
