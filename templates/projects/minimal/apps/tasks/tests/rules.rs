//! What the rules answer, and whom they refuse.

use appos::ErrorKind;
use appos::prelude::{Decimal, Id, Record};
use appos::testing::TestPlatform;
use tasks::records::{NewProject, NewTask, Project, Task, TaskState};
use tasks::rules;

/// A project with three tasks, one of them done.
async fn kitchen() -> Id<Project> {
    let project = NewProject {
        name: "Kitchen".to_owned(),
        ..Default::default()
    };
    let project = Project::create(project).await.expect("a project");
    for (title, state, hours) in [
        ("Measure", TaskState::Done, 2),
        ("Plan", TaskState::InProgress, 4),
        ("Build", TaskState::Open, 20),
    ] {
        let task = NewTask {
            project: project.id.into(),
            title: title.to_owned(),
            state,
            hours,
        };
        Task::create(task).await.expect("a task");
    }
    project.id
}

#[tokio::test]
async fn a_project_needs_the_days_of_its_open_tasks() {
    let platform = TestPlatform::start().await.expect("the platform starts");
    let ann = platform
        .user("ann", &["tasks_users"])
        .await
        .expect("a user");
    let (hours, days) = ann
        .run(async {
            let project = kitchen().await;
            (
                rules::hours_left(project).await,
                rules::days_left(project).await,
            )
        })
        .await;
    assert_eq!(hours.expect("an answer"), 24);
    assert_eq!(days.expect("an answer"), Decimal::from(4));
}

#[tokio::test]
async fn a_stranger_is_refused() {
    let platform = TestPlatform::start().await.expect("the platform starts");
    let ann = platform
        .user("ann", &["tasks_users"])
        .await
        .expect("a user");
    let project = ann.run(async { kitchen().await }).await;
    let bob = platform.user("bob", &[]).await.expect("a user");
    let refused = bob
        .run(async move { rules::days_left(project).await })
        .await;
    assert_eq!(refused.expect_err("a refusal").kind(), ErrorKind::Security);
}
