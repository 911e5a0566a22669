//! Charts, drawn on the server as SVG. Each has a table of its numbers for those who cannot see it, and tells
//! its series apart by more than colour.
//!
//! The drawing is stretched to the room there is, and texts are not: ticks and labels stand beside it.

mod bar;
mod donut;
mod frame;
mod line;
mod scale;
mod sparkline;

pub use bar::{BarChart, BarChartProps};
pub use donut::{DonutChart, DonutChartProps, Slice};
pub use frame::Series;
pub use line::{LineChart, LineChartProps};
pub use sparkline::{Sparkline, SparklineProps};
