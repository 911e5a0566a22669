//! In which shape names stand: assigned to, given a value in a literal, imported, passed to a
//! method that reads rows.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    BinOp, Block, Expr, ExprAssign, ExprBinary, ExprMethodCall, ExprReference, ExprStruct, ItemUse, Macro, Member,
    Token,
};

use super::tokens::Position;

/// Part of a file.
pub(super) type Range = (Position, Position);

/// The shapes in a file.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    /// Ends of expressions that are assigned to.
    pub(super) assigned: HashSet<Position>,
    /// Names of fields that are given a value in a struct literal.
    pub(super) given: HashSet<Position>,
    /// `use` declarations.
    pub(super) imports: Vec<Range>,
    /// Calls of macros.
    pub(super) macros: Vec<Range>,
    /// Arguments of `load_refs` and `load_many`, which read the rows behind a reference.
    pub(super) loads: Vec<(String, Range)>,
}

pub(super) fn range(of: &impl Spanned) -> Range {
    let span = of.span();
    (span.start().into(), span.end().into())
}

impl Visit<'_> for Shapes {
    fn visit_expr_assign(&mut self, assign: &ExprAssign) {
        self.assigned.insert(range(&assign.left).1);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &ExprBinary) {
        let assigns = matches!(
            binary.op,
            BinOp::AddAssign(_)
                | BinOp::SubAssign(_)
                | BinOp::MulAssign(_)
                | BinOp::DivAssign(_)
                | BinOp::RemAssign(_)
                | BinOp::BitXorAssign(_)
                | BinOp::BitAndAssign(_)
                | BinOp::BitOrAssign(_)
                | BinOp::ShlAssign(_)
                | BinOp::ShrAssign(_)
        );
        if assigns {
            self.assigned.insert(range(&binary.left).1);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_reference(&mut self, reference: &ExprReference) {
        if reference.mutability.is_some() {
            self.assigned.insert(range(&reference.expr).1);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_expr_struct(&mut self, literal: &ExprStruct) {
        for field in &literal.fields {
            if let Member::Named(name) = &field.member {
                self.given.insert(range(name).0);
            }
        }
        visit::visit_expr_struct(self, literal);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        let method = call.method.to_string();
        if ["load_refs", "load_many"].contains(&method.as_str()) {
            self.loads.extend(call.args.iter().map(|argument| (method.clone(), range(argument))));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_item_use(&mut self, import: &ItemUse) {
        self.imports.push(range(import));
    }

    fn visit_macro(&mut self, call: &Macro) {
        self.macros.push(range(call));
        self.inside(&call.tokens);
    }
}

impl Shapes {
    /// What a macro is given is no Rust until it is expanded. Most of it reads as expressions or
    /// statements all the same; of the rest, the parts in brackets may.
    fn inside(&mut self, tokens: &TokenStream) {
        let expressions = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone());
        if let Ok(expressions) = expressions {
            for expression in &expressions {
                self.visit_expr(expression);
            }
        } else if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
            for statement in &statements {
                self.visit_stmt(statement);
            }
        } else {
            for tree in tokens.clone() {
                if let proc_macro2::TokenTree::Group(group) = tree {
                    self.inside(&group.stream());
                }
            }
        }
    }
}
