//! `cargo appos secrets`: secrets of systems outside, and the key under which a platform keeps what nobody is to read.

mod arguments;
mod stored;
mod value;

pub use arguments::Secrets;
