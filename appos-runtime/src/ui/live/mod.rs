//! Pages that live on the server: each is a `VirtualDom` in one task of one thread. It is painted as HTML, kept
//! for a moment until its script claims it over a socket, and from then on tells the script what has changed.

mod markup;
