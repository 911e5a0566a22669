//! The paths that generated code names: the facade, and the glob imports that make an app's
//! files work without `use` lines.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::attributes::FacadePath;
use crate::naming;

/// Where AppOS lives, seen from the author's crate.
#[derive(Clone, Debug)]
pub(crate) struct Facade {
    written: Option<TokenStream>,
}

impl Facade {
    /// `::appos`, or what `crate = ..` says.
    pub(crate) fn new(written: Option<&FacadePath>) -> Self {
        Self { written: written.map(|path| path.tokens().clone()) }
    }

    fn root(&self) -> TokenStream {
        self.written.clone().unwrap_or_else(|| quote!(::appos))
    }

    /// The one module that generated code may name, by its whole path.
    pub(crate) fn support_path(&self) -> TokenStream {
        let (root, support) = (self.root(), Ident::new(naming::SUPPORT, Span::call_site()));
        quote!(#root::#support)
    }

    /// The same module by the name under which [`scope`](Self::scope) brings it: the whole path
    /// would stand in generated code dozens of times, and the author's compiler reads each token. An
    /// identifier, for the same reason: a stream in a `quote!` is copied through the compiler each time.
    pub(crate) fn support(&self) -> Ident {
        self.support_at(Span::call_site())
    }

    /// The same, blamed on the author's tokens at `span`: rustc shows what is wrong with their
    /// type at the type.
    #[expect(clippy::unused_self, reason = "whoever names it must have brought it into scope")]
    pub(crate) fn support_at(&self, span: Span) -> Ident {
        Ident::new(naming::SUPPORT_INSIDE, span)
    }

    /// The prelude.
    pub(crate) fn prelude(&self) -> TokenStream {
        let root = self.root();
        quote!(#root::prelude::*)
    }

    /// The words of tests.
    pub(crate) fn test_prelude(&self) -> TokenStream {
        let root = self.root();
        quote!(#root::testing::prelude::*)
    }

    /// Brings the app's names, and with them the prelude, into the module of the object. A glob,
    /// so that whatever the author defines or imports wins.
    pub(crate) fn scope(&self) -> TokenStream {
        let prelude = self.written.is_some().then(|| {
            let prelude = self.prelude();
            quote!(#[allow(unused_imports)] use #prelude;)
        });
        quote! {
            #prelude
            #[allow(unused_imports)]
            use crate::__appos_scope::*;
        }
    }
}
