//! A crate that is no dependency.

appos::platform!(crmm);
