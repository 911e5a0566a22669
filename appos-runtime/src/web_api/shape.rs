//! What a type looks like in JSON, as far as it tells when it is read: `serde` asks for a value of some kind, and what
//! it asks for is remembered. Nothing is read.

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// A kind of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// Nothing is known of it.
    Any,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A text.
    Text,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A value, or null.
    Optional(Box<Shape>),
    /// Values of one kind.
    List(Box<Shape>),
    /// Named values: of each the name, its kind, and whether it has to be there.
    Object(Vec<(&'static str, Shape, bool)>),
}

/// Values within values that are looked at.
const DEEPEST: usize = 5;

/// The kind of JSON that a type is read from.
///
/// ```
/// use appos_runtime::web_api::{Shape, shape_of};
/// assert_eq!(shape_of::<Vec<u8>>(), Shape::List(Box::new(Shape::Integer)));
/// ```
pub fn shape_of<T: DeserializeOwned>() -> Shape {
    explore::<T>(&mut Vec::new())
}

/// A type of answers, which is written. It tells what it looks like if it can be read, too. Generated code asks both
/// traits with [`TellsShape`] nearer, so that the compiler chooses by what the author has derived:
///
/// ```
/// use appos_runtime::codegen_support::{AnswerOf, HidesShape as _, TellsShape as _};
/// struct Written;
/// assert!((&AnswerOf::<Vec<u8>>::TYPE).shape().is_some());
/// assert!((&AnswerOf::<Written>::TYPE).shape().is_none());
/// ```
#[derive(Debug)]
pub struct AnswerOf<T>(PhantomData<fn() -> T>);

impl<T> AnswerOf<T> {
    /// Stands for the type.
    pub const TYPE: Self = Self(PhantomData);
}

/// Types that can be read.
pub trait TellsShape {
    /// What it looks like.
    fn shape(&self) -> Option<Shape>;
}

impl<T: DeserializeOwned> TellsShape for AnswerOf<T> {
    fn shape(&self) -> Option<Shape> {
        Some(shape_of::<T>())
    }
}

/// All types.
pub trait HidesShape {
    /// Nothing is known of it.
    fn shape(&self) -> Option<Shape>;
}

impl<T> HidesShape for &AnswerOf<T> {
    fn shape(&self) -> Option<Shape> {
        None
    }
}

/// What the type asks for at a place within it.
#[derive(Clone, Debug)]
enum Asked {
    Leaf(Shape),
    Optional,
    List,
    Object(&'static [&'static str]),
}

fn explore<T: DeserializeOwned>(path: &mut Vec<usize>) -> Shape {
    if path.len() > DEEPEST {
        return Shape::Any;
    }
    let asked = RefCell::new(None);
    T::deserialize(Tracer { path, asked: &asked }).err();
    let mut inner = |place: usize| {
        path.push(place);
        let shape = explore::<T>(path);
        path.pop();
        shape
    };
    match asked.into_inner() {
        None => Shape::Any,
        Some(Asked::Leaf(shape)) => shape,
        Some(Asked::Optional) => Shape::Optional(Box::new(inner(0))),
        Some(Asked::List) => Shape::List(Box::new(inner(0))),
        Some(Asked::Object(names)) => {
            let members = names.iter().enumerate().map(|(place, name)| {
                let shape = inner(place);
                let required = !matches!(shape, Shape::Optional(_) | Shape::Any);
                (*name, shape, required)
            });
            Shape::Object(members.collect())
        }
    }
}

/// Ends a reading: what was asked for is known.
#[derive(Debug)]
struct Stop;

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing is read")
    }
}

impl std::error::Error for Stop {}

impl Error for Stop {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Goes down a path, and remembers what is asked for at its end.
#[derive(Clone, Copy)]
struct Tracer<'a> {
    path: &'a [usize],
    asked: &'a RefCell<Option<Asked>>,
}

impl<'a> Tracer<'a> {
    /// Where the next step leads; `None`: here is the end.
    fn step(self) -> Option<(usize, Tracer<'a>)> {
        let (first, path) = self.path.split_first()?;
        Some((*first, Tracer { path, ..self }))
    }

    fn tell<T>(self, asked: Asked) -> Result<T, Stop> {
        // Only the end of the path is asked about.
        if self.path.is_empty() {
            self.asked.replace(Some(asked));
        }
        Err(Stop)
    }
}

macro_rules! leaves {
    ($($method:ident $shape:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
            self.tell(Asked::Leaf(Shape::$shape))
        }
    )*};
}

impl<'de> Deserializer<'de> for Tracer<'_> {
    type Error = Stop;

    leaves! {
        deserialize_any Any;
        deserialize_bool Bool;
        deserialize_i8 Integer;
        deserialize_i16 Integer;
        deserialize_i32 Integer;
        deserialize_i64 Integer;
        deserialize_u8 Integer;
        deserialize_u16 Integer;
        deserialize_u32 Integer;
        deserialize_u64 Integer;
        deserialize_f32 Number;
        deserialize_f64 Number;
        deserialize_char Text;
        deserialize_str Text;
        deserialize_string Text;
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.step() {
            Some((_, inner)) => visitor.visit_some(inner),
            None => self.tell(Asked::Optional),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.step() {
            Some((_, inner)) => visitor.visit_seq(One(inner)),
            None => self.tell(Asked::List),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        match self.step() {
            Some((place, inner)) => match names.get(place) {
                Some(name) => visitor.visit_map(Member { name: Some(name), value: inner }),
                None => Err(Stop),
            },
            None => self.tell(Asked::Object(names)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        // Only if the first choice holds nothing, the others are taken to hold nothing, too.
        let holds_nothing = names.first().is_some_and(|name| visitor.visit_enum(Variant(name)).is_ok());
        self.tell(Asked::Leaf(if holds_nothing { Shape::Choice(names) } else { Shape::Any }))
    }

    forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct tuple tuple_struct map identifier ignored_any
    }
}

struct One<'a>(Tracer<'a>);

impl<'de> SeqAccess<'de> for One<'_> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Stop> {
        seed.deserialize(self.0).map(Some)
    }
}

struct Member<'a> {
    name: Option<&'static str>,
    value: Tracer<'a>,
}

impl<'de> MapAccess<'de> for Member<'_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        let Some(name) = self.name.take() else { return Ok(None) };
        seed.deserialize(StrDeserializer::<Stop>::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        seed.deserialize(self.value)
    }
}

struct Variant(&'static str);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Stop;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Stop> {
        Ok((seed.deserialize(StrDeserializer::<Stop>::new(self.0))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant {
    type Error = Stop;

    fn unit_variant(self) -> Result<(), Stop> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Stop> {
        Err(Stop)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Stop> {
        Err(Stop)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Stop> {
        Err(Stop)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{Shape, shape_of};

    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    #[allow(dead_code, reason = "it is only looked at")]
    enum Size {
        Small,
        Large,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is only looked at")]
    struct Line {
        sku: String,
        size: Option<Size>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is only looked at")]
    struct Order {
        id: u32,
        lines: Vec<Line>,
        paid: bool,
    }

    #[test]
    fn a_type_tells_its_fields_and_theirs() {
        let line = Shape::Object(vec![
            ("sku", Shape::Text, true),
            ("size", Shape::Optional(Box::new(Shape::Choice(&["small", "large"]))), false),
        ]);
        let order = Shape::Object(vec![
            ("id", Shape::Integer, true),
            ("lines", Shape::List(Box::new(line)), true),
            ("paid", Shape::Bool, true),
        ]);
        assert_eq!(shape_of::<Order>(), order);
    }

    #[test]
    fn what_holds_itself_has_an_end() {
        #[derive(Deserialize)]
        #[allow(dead_code, reason = "it is only looked at")]
        struct Tree {
            below: Vec<Tree>,
        }
        assert!(matches!(shape_of::<Tree>(), Shape::Object(_)));
    }
}
