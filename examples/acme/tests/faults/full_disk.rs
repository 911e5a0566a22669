//! The disk of the database is full while clients write.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::load::{create, nothing_is_lost};
use super::support::Platform;
use super::{ADDRESS, administrator};

/// The variable that allows to leave the test out.
const LEAVE_OUT: &str = "APPOS_NO_SMALL_DISK";

/// A disk of a few megabytes, unmounted at the end.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None`: it cannot be mounted here, and whoever runs the tests knows that.
    fn mount(place: &Path) -> Option<Self> {
        fs::create_dir(place).expect("a folder");
        let mut mount = Command::new("mount");
        let done = mount.args(["-t", "tmpfs", "-o", "size=16m", "tmpfs"]).arg(place).status();
        if done.is_ok_and(|status| status.success()) {
            return Some(Self(place.to_owned()));
        }
        let may_be_left_out = std::env::var_os(LEAVE_OUT).is_some_and(|value| value == "1");
        assert!(may_be_left_out, "only root may mount a small disk; to leave this test out, set {LEAVE_OUT}=1");
        None
    }

    /// Fills the disk to the last byte.
    fn fill(&self) -> PathBuf {
        let ballast = self.0.join("ballast");
        let mut file = fs::File::create(&ballast).expect("a file");
        for piece in [1 << 16, 1 << 10, 1] {
            while file.write_all(&vec![0; piece]).is_ok() {}
        }
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("--lazy").arg(&self.0).status().ok();
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_harms_nothing_and_writing_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let Some(disk) = SmallDisk::mount(&folder.path().join("disk")) else { return };
    let address = [(ADDRESS, "sqlite://disk/acme.db")];
    let platform = Platform::start_in(folder, &address);
    let admin = administrator(&platform).await;
    let mut acknowledged = std::collections::BTreeMap::new();
    let ballast = disk.fill();
    let mut refused = None;
    // What the log of the database has reserved already can still be written.
    for turn in 0..5000 {
        let name = format!("load_{turn}");
        let (outcome, id) = create(&admin, &name).await;
        match id {
            Some(id) => acknowledged.insert(id, name),
            None => {
                refused = Some(outcome);
                break;
            }
        };
    }
    let refused = refused.expect("the disk is full");
    assert_eq!((refused.status, refused.code.as_str()), (Some(507), "storage_full"));
    admin.get(super::GROUPS).await.is(200);
    fs::remove_file(ballast).expect("room again");
    for turn in 0..10 {
        let name = format!("load_later_{turn}");
        let (outcome, id) = create(&admin, &name).await;
        acknowledged.insert(id.unwrap_or_else(|| panic!("{:?} {}", outcome.status, outcome.code)), name);
    }
    nothing_is_lost(&admin, &acknowledged).await;
    // Also after a crash with what the full disk has left.
    let folder = platform.killed();
    let platform = Platform::start_in(folder, &address);
    let again = platform.client().with_session(admin.session.as_deref().expect("a session"));
    nothing_is_lost(&again, &acknowledged).await;
    drop(platform);
    drop(disk);
}
