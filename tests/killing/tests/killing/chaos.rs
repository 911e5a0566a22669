//! What happens to the programs, at moments that a number chooses.

use std::fmt;
use std::time::Duration;

use super::database::Database;
use super::nodes::{LEASE, Nodes, WORKERS};

/// A number of each arm of what happens.
const ONE_OF_EACH: [u8; 8] = [0, 40, 55, 70, 78, 84, 90, 95];

pub struct Chaos<'a> {
    random: fastrand::Rng,
    database: &'a Database,
    told: Told,
}

/// How often what has happened.
#[derive(Default)]
pub struct Told {
    workers: u64,
    stopped: u64,
    webs: u64,
    databases: u64,
    hung: u64,
    /// Redis: killed, hung, emptied.
    redis: [u64; 3],
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { workers, stopped, webs, databases, hung, redis: [killed, silent, emptied] } = self;
        write!(f, "killed: workers {workers}, web servers {webs}, database servers {databases}; ")?;
        write!(f, "stopped for longer than a lease: workers {stopped}, database servers {hung}; ")?;
        write!(f, "Redis killed {killed}, hung {silent}, emptied {emptied}")
    }
}

impl<'a> Chaos<'a> {
    pub fn new(seed: u64, database: &'a Database) -> Self {
        Self { random: fastrand::Rng::with_seed(seed), database, told: Told::default() }
    }

    fn pause(&mut self, millis: std::ops::Range<u64>) {
        std::thread::sleep(Duration::from_millis(self.random.u64(millis)));
    }

    /// What lies between the programs is gone, says nothing, or has forgotten everything.
    fn lose(&mut self, redis: &throwaway_redis::Server, arm: u8) {
        match arm {
            ..90 => {
                redis.stop();
                self.pause(0..1500);
                redis.resume();
                self.told.redis[0] += 1;
            }
            90..95 => {
                redis.hang();
                self.pause(500..2500);
                redis.go_on();
                self.told.redis[1] += 1;
            }
            _ => {
                redis.ask("FLUSHALL");
                self.told.redis[2] += 1;
            }
        }
    }

    pub fn run(mut self, kills: u64, nodes: &mut Nodes) -> Told {
        for number in 0..kills {
            self.pause(300..1500);
            let which = self.random.usize(..WORKERS);
            // Each of them once, however few there are.
            let what = usize::try_from(number).ok().and_then(|number| ONE_OF_EACH.get(number)).copied();
            match what.unwrap_or_else(|| self.random.u8(..100)) {
                0..40 => {
                    nodes.kill_worker(which);
                    self.told.workers += 1;
                    self.pause(0..800);
                    nodes.replace_worker(which);
                }
                40..55 => {
                    // It wakes and believes that nothing has happened.
                    nodes.workers[which].signal("STOP");
                    self.told.stopped += 1;
                    std::thread::sleep(LEASE);
                    self.pause(100..1000);
                    nodes.workers[which].signal("CONT");
                }
                55..70 => {
                    nodes.kill_web();
                    self.told.webs += 1;
                }
                70..78 if self.database.kill() => self.told.databases += 1,
                78..84 if self.database.hang(LEASE * 3 / 2) => self.told.hung += 1,
                arm => match self.database.redis() {
                    Some(redis) => self.lose(redis, arm),
                    None => {
                        nodes.kill_worker(which);
                        self.told.workers += 1;
                        nodes.replace_worker(which);
                    }
                },
            }
        }
        self.told
    }
}
