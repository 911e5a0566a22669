//! What a web API takes and answers: where each of its parameters stands in a request, how it is read, and what
//! becomes of its answer. It knows no socket: `web` lends it what has arrived.

mod answer;
mod entry;
mod fields;
mod input;
mod reader;
mod shape;
mod text;
mod upload;

pub(crate) use answer::FileContent;
pub use answer::{Accepted, Answer, AnswerForm, Download, answer, answer_form};
pub use entry::{BoxedAnswer, InputEntry, InputKind, WebApiEntry};
pub use input::{Body, Form, Headers, Input, Json, Query};
pub(crate) use reader::Content;
pub use reader::{InputReader, Problems, Received};
pub use shape::{AnswerOf, HidesShape, Shape, TellsShape, shape_of};
pub use upload::{FilePart, Upload};
