//! The decision of the engine compared with a second, naive reading of the rules on random
//! users, groups, grants, patterns, tiers and apps.

use std::collections::HashSet;
use std::sync::Arc;

use appos_runtime::config::{SecurityDefaults, TierDefaults};
use appos_runtime::registry::{
    ConstantDescriptor, ObjectDescriptor, ObjectDetail, ObjectKind, PermissionLists, RecordDescriptor, RuleDescriptor,
    Slot,
};
use appos_runtime::security::{AppPolicy, Grant, Permission, Policy, Rights, Subject, UserType};

/// A small generator of the test's own: a failing case is found again by its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }

    fn one_in(&mut self, chance: usize) -> bool {
        self.below(chance) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

const APPS: [&str; 4] = ["crm", "crm2", "billing", "platform"];
const NAMES: [&str; 5] = ["customer", "customer_note", "custom", "order", "c"];
const GROUPS: [&str; 6] = ["a", "b", "c", "d", "public_access", "system_admin"];
const PATTERNS: [&str; 12] = [
    "crm.*",
    "crm2.*",
    "crm.records.*",
    "crm.rules.*",
    "crm.customer*",
    "crm.records.customer",
    "crm.records.custom*",
    "billing.*",
    "billing.constants.c",
    "billing.rules.order*",
    "platform.records.*",
    "crm.c*",
];

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn list(random: &mut Random) -> Option<&'static [&'static str]> {
    if random.one_in(2) {
        return None;
    }
    let many = random.below(3);
    Some(Vec::leak((0..many).map(|_| random.pick(&GROUPS)).collect()))
}

fn object(random: &mut Random) -> &'static ObjectDescriptor {
    let kind = random.pick(&ObjectKind::ALL);
    let (app, name) = (random.pick(&APPS), random.pick(&NAMES));
    let detail = match kind {
        ObjectKind::Record => ObjectDetail::Record(leak(RecordDescriptor::NONE)),
        ObjectKind::Rule => ObjectDetail::Rule(leak(RuleDescriptor {
            parameters: &[],
            returns: "",
            cache: None,
            invoke: |_| Box::pin(async { Ok(serde_json::Value::Null) }),
        })),
        _ => ObjectDetail::Constant(leak(ConstantDescriptor {
            type_name: "",
            environments: &[],
            invoke: |_| Box::pin(async { Ok(serde_json::Value::Null) }),
        })),
    };
    let empty = random.one_in(3);
    let list = |random: &mut Random| if empty { None } else { list(random) };
    leak(ObjectDescriptor {
        reference: leak(format!("{app}.{}.{name}", kind.namespace())),
        kind,
        app,
        name,
        module: "",
        file: "",
        line: 1,
        description: "",
        permissions: PermissionLists {
            view: list(random),
            use_: list(random),
            create: list(random),
            update: list(random),
            delete: list(random),
            admin: list(random),
        },
        public_access: random.one_in(6),
        timeout: None,
        detail,
        slot: Slot::new(),
    })
}

fn groups(random: &mut Random, most: usize) -> Vec<String> {
    let many = random.below(most);
    (0..many).map(|_| random.pick(&GROUPS).to_owned()).collect()
}

fn policy(random: &mut Random) -> Policy {
    let mut policy = Policy::default();
    for app in ["crm", "crm2", "billing"] {
        let mut tier = || {
            let mut tier = TierDefaults::default();
            (tier.view, tier.use_, tier.admin) = (groups(random, 3), groups(random, 3), groups(random, 2));
            tier
        };
        let mut defaults = SecurityDefaults::default();
        (defaults.logic, defaults.ui) = (tier(), tier());
        let associated = groups(random, 4).into_iter().collect();
        policy.apps.insert(app.to_owned(), AppPolicy { groups: associated, defaults });
    }
    for group in GROUPS {
        let many = random.below(3);
        let grant = |random: &mut Random| Grant {
            pattern: random.pick(&PATTERNS).parse().expect("a pattern"),
            permission: random.pick(&Permission::ALL),
        };
        let grants = (0..many).map(|_| grant(random)).collect();
        policy.grants.insert(group.to_owned(), grants);
    }
    policy
}

fn subject(random: &mut Random) -> Subject {
    let mut groups: HashSet<String> = (0..random.below(4)).map(|_| random.pick(&GROUPS[..4]).to_owned()).collect();
    groups.insert("public_access".to_owned());
    if random.one_in(20) {
        groups.insert("system_admin".to_owned());
    }
    let user_type = if random.one_in(20) { UserType::SystemAdmin } else { UserType::Basic };
    Subject { user_type, active: !random.one_in(10), groups }
}

/// A pattern read with a plain comparison of parts, unlike the engine's parser.
fn pattern_covers(pattern: &str, object: &ObjectDescriptor) -> bool {
    let parts: Vec<&str> = pattern.split('.').collect();
    let fits = |part: &str, name: &str| match part.strip_suffix('*') {
        Some(beginning) => name.len() >= beginning.len() && &name[..beginning.len()] == beginning,
        None => part == name,
    };
    match parts[..] {
        [app, name] => app == object.app && fits(name, object.name),
        [app, namespace, name] => app == object.app && namespace == object.kind.namespace() && fits(name, object.name),
        _ => false,
    }
}

/// The rules of the security page, read one after the other.
fn naive(policy: &Policy, subject: &Subject, object: &ObjectDescriptor, wanted: Permission) -> bool {
    if !subject.active {
        return false;
    }
    if subject.user_type == UserType::SystemAdmin || subject.groups.contains("system_admin") {
        return true;
    }
    let opened: &[Permission] =
        if object.kind == ObjectKind::Record { &[Permission::View] } else { &[Permission::View, Permission::Use] };
    if object.public_access && opened.contains(&wanted) {
        return true;
    }
    // Everything that gives the permission, as (group).
    let mut givers: Vec<String> = Vec::new();
    let written: Vec<_> = Permission::ALL.iter().filter_map(|permission| object.permissions.get(*permission)).collect();
    for permission in [wanted, Permission::Admin] {
        if object.kind == ObjectKind::Record || !written.is_empty() {
            givers.extend(object.permissions.get(permission).into_iter().flatten().map(|group| (*group).to_owned()));
        } else if let Some(app) = policy.apps.get(object.app) {
            let tier = &app.defaults.logic;
            givers.extend(match permission {
                Permission::View => tier.view.clone(),
                Permission::Use => tier.use_.clone(),
                Permission::Admin => tier.admin.clone(),
                _ => Vec::new(),
            });
        }
        for (group, grants) in &policy.grants {
            let grants_it =
                |grant: &Grant| grant.permission == permission && pattern_covers(&grant.pattern.to_string(), object);
            if grants.iter().any(grants_it) {
                givers.push(group.clone());
            }
        }
    }
    let inside = match policy.apps.get(object.app) {
        Some(app) => app.groups.iter().any(|group| subject.groups.contains(group)),
        None => true,
    };
    givers.iter().any(|giver| subject.groups.contains(giver) && (inside || giver == "public_access"))
}

#[test]
fn the_engine_and_the_naive_reading_agree_on_every_question() {
    let mut allowed = 0_u32;
    let mut questions = 0_u32;
    for seed in 0..2_000 {
        let mut random = Random(seed);
        let policy = Arc::new(policy(&mut random));
        let objects: Vec<_> = (0..10).map(|_| object(&mut random)).collect();
        for _ in 0..4 {
            let subject = subject(&mut random);
            let rights = Rights::new(1, subject.clone(), Arc::clone(&policy), objects.len());
            for object in &objects {
                for permission in Permission::ALL {
                    let expected = naive(&policy, &subject, object, permission);
                    let decision = policy.decide(&subject, object, permission);
                    assert_eq!(
                        decision.allowed, expected,
                        "seed {seed}: {permission} on {object:?} for {subject:?}: {:?}",
                        decision.reason
                    );
                    assert_eq!(rights.allows(object, permission), expected, "seed {seed}, first answer");
                    assert_eq!(rights.allows(object, permission), expected, "seed {seed}, remembered answer");
                    questions += 1;
                    allowed += u32::from(expected);
                }
            }
        }
    }
    assert!(questions >= 400_000);
    assert!(
        allowed > questions / 20 && allowed < questions / 20 * 19,
        "{allowed} of {questions}: too one-sided to tell"
    );
}

#[test]
fn what_is_no_pattern_is_refused_and_never_read_as_everything() {
    use appos_runtime::security::Pattern;
    for text in [
        "",
        "*",
        "**",
        "crm",
        "crm.",
        ".*",
        "crm.**",
        "crm.[a]",
        "crm.*.x*",
        "crm.*.*",
        "crm.records.*x",
        "Crm.*",
        "crm.customer",
        "crm..customer",
        "crm.records.customer.email",
        "crm.rec*.customer",
        " crm.*",
    ] {
        assert!(text.parse::<Pattern>().is_err(), "`{text}` was taken for a pattern");
    }
    for text in PATTERNS {
        assert_eq!(text.parse::<Pattern>().unwrap().to_string(), text);
    }
}
