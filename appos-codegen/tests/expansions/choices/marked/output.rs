#[allow(unused_imports)]
use ::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
/// How much we care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[deprecated(note = "appos:crm.choices.tier:read")]
pub enum Tier {
    ///Bronze.
    Bronze,
    ///Silver.
    Silver,
    /// The best.
    PureGold,
}
const _: () = {
    #[automatically_derived]
    impl ::core::default::Default for Tier {
        fn default() -> Self {
            Self::Silver
        }
    }
    #[automatically_derived]
    impl ::appos::codegen_support::ChoiceValue for Tier {
        const CHOICES: &'static ::appos::codegen_support::ChoicesDescriptor = &::appos::codegen_support::ChoicesDescriptor {
            type_name: "Tier",
            choices: &[
                ::appos::codegen_support::Choice {
                    value: "bronze",
                    label: "Bronze",
                },
                ::appos::codegen_support::Choice {
                    value: "silver",
                    label: "Silver",
                },
                ::appos::codegen_support::Choice {
                    value: "au",
                    label: "Gold!",
                },
            ],
        };
        fn as_str(self) -> &'static str {
            loop {}
        }
        fn from_name(name: &str) -> ::core::option::Option<Self> {
            loop {}
        }
    }
    #[automatically_derived]
    impl ::core::fmt::Display for Tier {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            loop {}
        }
    }
    #[automatically_derived]
    impl ::appos::codegen_support::serde::Serialize for Tier {
        fn serialize<Z: ::appos::codegen_support::serde::Serializer>(
            &self,
            serializer: Z,
        ) -> ::core::result::Result<Z::Ok, Z::Error> {
            loop {}
        }
    }
    #[automatically_derived]
    impl<'de> ::appos::codegen_support::serde::Deserialize<'de> for Tier {
        fn deserialize<D: ::appos::codegen_support::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            loop {}
        }
    }
};
