//! The paths that generated code names: the facade, and the glob imports that make an app's
//! files work without `use` lines.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::attributes::FacadePath;
use crate::naming;

/// Where AppOS lives, seen from the author's crate.
#[derive(Clone, Debug)]
pub(crate) struct Facade {
    root: TokenStream,
}

impl Facade {
    /// `::appos`, or what `crate = ..` says.
    pub(crate) fn new(written: Option<&FacadePath>) -> Self {
        Self { root: written.map_or_else(|| quote!(::appos), |path| path.tokens().clone()) }
    }

    /// The one module that generated code may name.
    pub(crate) fn support(&self) -> TokenStream {
        let root = &self.root;
        let support = Ident::new(naming::SUPPORT, Span::call_site());
        quote!(#root::#support)
    }

    /// A short name for it, to be used inside a block, and the `use` that begins the block. The
    /// full path would stand there dozens of times, and the author's compiler reads each token.
    pub(crate) fn shortened(&self) -> (TokenStream, TokenStream) {
        let (support, short) = (self.support(), Ident::new(naming::SUPPORT_INSIDE, Span::call_site()));
        (quote!(#short), quote!(use #support as #short;))
    }

    /// The same path, blamed on the author's tokens at `span`: rustc shows what is wrong with
    /// their type at the type.
    pub(crate) fn support_at(&self, span: Span) -> TokenStream {
        let respan = |mut token: TokenTree| {
            token.set_span(span);
            token
        };
        self.support().into_iter().map(respan).collect()
    }

    /// Brings the prelude and the app's names into the module of the object. Globs, so that
    /// whatever the author defines or imports wins.
    pub(crate) fn scope(&self) -> TokenStream {
        let root = &self.root;
        quote! {
            #[allow(unused_imports)]
            use #root::prelude::*;
            #[allow(unused_imports)]
            use crate::__appos_scope::*;
        }
    }
}
