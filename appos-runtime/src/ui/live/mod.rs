//! Pages that live on the server: each is a `VirtualDom` in one task of one thread. It is painted as HTML, kept
//! for a moment until its script claims it over a socket, and from then on tells the script what has changed.
//! Knows no HTTP: `web` lends it sockets.

mod edits;
mod event;
mod frames;
mod markup;
mod message;
mod open;
mod page;
mod pages;
mod print;
mod state;

pub(crate) use markup::still_html;
pub(crate) use message::{Close, Out, Said, gone, page, pong};
pub(crate) use open::{Asked, Painted, paint_once};
pub(crate) use page::ToPage;
pub(crate) use pages::Live;
