//! A platform has apps.

appos::platform!();
