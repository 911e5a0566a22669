//! Records may be called as the components of screens are, and what these take: both can be used in one file.

#[macro_use]
extern crate appos;
app!();

pub mod records {
    #[record(view = ["ui_users"])]
    pub struct Tag {
        label: String,
    }

    #[record(view = ["ui_users"])]
    pub struct Card {
        tag: Ref<Tag>,
        work: Ref<Work>,
    }

    #[record(view = ["ui_users"])]
    pub struct Work {
        trend: Trend,
        series: Many<Series>,
    }

    #[record(view = ["ui_users"])]
    pub struct Series {
        work: Ref<Work>,
    }

    #[choices]
    pub enum Trend {
        Up,
        Down,
    }
}

pub mod rules {
    #[expression_rule]
    async fn cards_of(tag: Tag) -> Result<Vec<Card>> {
        records::Card::query().tag(tag.id).all().await
    }

    #[expression_rule]
    async fn works(trend: Trend) -> Result<Vec<Work>> {
        records::Work::query().trend(trend).all().await
    }
}

pub mod interfaces {
    #[interface]
    fn overview(tag: Id<Tag>, series: Option<Id<Series>>) -> Element {
        rsx! {
            Card { title: "Tag {tag}",
                Tag { label: "{series.is_some()}" }
                Badge { tone: ui::Tone::Good, label: "As it should be" }
                BarChart {
                    title: "Works",
                    labels: vec!["Monday".to_owned()],
                    series: vec![ui::Series::new("2026", [1.0])],
                }
            }
        }
    }
}

fn main() {}
