#[allow(unused_imports)]
use crate::__appos_scope::*;
/// How much we care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    impl ::core::default::Default for Tier {
        fn default() -> Self {
            Self::Silver
        }
    }
    impl __appos_support::ChoiceValue for Tier {
        const CHOICES: &'static __appos_support::ChoicesDescriptor = &__appos_support::ChoicesDescriptor {
            type_name: "Tier",
            choices: &[
                __appos_support::Choice {
                    value: "bronze",
                    label: "Bronze",
                },
                __appos_support::Choice {
                    value: "silver",
                    label: "Silver",
                },
                __appos_support::Choice {
                    value: "au",
                    label: "Gold!",
                },
            ],
        };
        const ALL: &'static [Self] = &[Self::Bronze, Self::Silver, Self::PureGold];
        fn place(self) -> usize {
            loop {}
        }
    }
    impl ::core::fmt::Display for Tier {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            loop {}
        }
    }
    impl __appos_support::serde::Serialize for Tier {
        fn serialize<Z: __appos_support::serde::Serializer>(
            &self,
            serializer: Z,
        ) -> ::core::result::Result<Z::Ok, Z::Error> {
            loop {}
        }
    }
    impl<'de> __appos_support::serde::Deserialize<'de> for Tier {
        fn deserialize<D: __appos_support::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            loop {}
        }
    }
};
