//! The program of a platform: what `platform!()` makes of `main`.
