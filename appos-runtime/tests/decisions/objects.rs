//! Objects to ask about: some that are linked into the program, whose decisions are kept by their
//! number, and others made anew for each world, whose decisions are not.

use appos_runtime::registry::{
    ConnectedSystemDescriptor, ConstantDescriptor, IntegrationDescriptor, InterfaceDescriptor, ObjectDescriptor,
    ObjectDetail, ObjectKind, PageDescriptor, PermissionLists, ProcessDescriptor, RecordDescriptor, Registration,
    Registry, RuleDescriptor, SiteDescriptor, StepDescriptor, TranslationSetDescriptor, WebApiDescriptor,
};
use fastrand::Rng;

/// Apps with names that begin alike. `platform` has no `app.yaml`.
pub(crate) const APPS: [&str; 4] = ["crm", "crm2", "billing", "platform"];
/// Names that begin alike.
pub(crate) const NAMES: [&str; 5] = ["customer", "customer_note", "custom", "order", "c"];
/// Groups, also those that mean something of their own.
pub(crate) const GROUPS: [&str; 6] = ["a", "b", "c", "d", "public_access", "system_admin"];

static RULE: RuleDescriptor = RuleDescriptor {
    parameters: &[],
    returns: "",
    cache: None,
    invoke: |_| Box::pin(async { Ok(serde_json::Value::Null) }),
};
static CONSTANT: ConstantDescriptor = ConstantDescriptor {
    type_name: "",
    environments: &[],
    invoke: |_| Box::pin(async { Ok(serde_json::Value::Null) }),
};
static PROCESS: ProcessDescriptor = ProcessDescriptor {
    parameters: &[],
    inputs: &[],
    returns: "",
    display_name: None,
    search: &[],
    version: 1,
    earlier_of: None,
    deadline: None,
    schedules: &[],
    triggers: &[],
    run_as: None,
    shape: &[],
    start: |_, _| Box::pin(async { Ok(serde_json::Value::Null) }),
    run: |_| Box::pin(async { Ok(serde_json::Value::Null) }),
};
static STEP: StepDescriptor = StepDescriptor {
    parameters: &[],
    returns: "",
    retries: None,
    backoff: None,
    compensate: None,
    run: |_| Box::pin(async { Ok(serde_json::Value::Null) }),
};
static INTERFACE: InterfaceDescriptor = InterfaceDescriptor { parameters: &[], piece: None };
static PAGE: PageDescriptor = PageDescriptor { route: "/", title: "", parameters: &[], overrides: false, entry: &() };
static SITE: SiteDescriptor = SiteDescriptor { name: "", default: None, entry: &() };

static TRANSLATION_SET: TranslationSetDescriptor =
    TranslationSetDescriptor { texts: &[], invoke: |_| Box::pin(async { Ok(serde_json::Value::Null) }) };

static SYSTEM: ObjectDescriptor = ObjectDescriptor::NONE;
static INTEGRATION: IntegrationDescriptor = IntegrationDescriptor {
    parameters: &[],
    returns: "",
    system: || &SYSTEM,
    retries: 0,
    attempt_timeout: None,
    rate_limit: None,
    max_response: None,
    log_payload: false,
    invoke: |_| Box::pin(async { Ok(serde_json::Value::Null) }),
};

const fn detail(kind: ObjectKind) -> ObjectDetail {
    match kind {
        ObjectKind::Record => ObjectDetail::Record(&RecordDescriptor::NONE),
        ObjectKind::Rule => ObjectDetail::Rule(&RULE),
        ObjectKind::Constant => ObjectDetail::Constant(&CONSTANT),
        ObjectKind::Process => ObjectDetail::Process(&PROCESS),
        ObjectKind::Step => ObjectDetail::Step(&STEP),
        ObjectKind::Interface => ObjectDetail::Interface(&INTERFACE),
        ObjectKind::Page => ObjectDetail::Page(&PAGE),
        ObjectKind::Site => ObjectDetail::Site(&SITE),
        ObjectKind::TranslationSet => ObjectDetail::TranslationSet(&TRANSLATION_SET),
        ObjectKind::WebApi => ObjectDetail::WebApi(&WebApiDescriptor::NONE),
        ObjectKind::ConnectedSystem => ObjectDetail::ConnectedSystem(&ConnectedSystemDescriptor::NONE),
        ObjectKind::Integration => ObjectDetail::Integration(&INTEGRATION),
        // A kind that is new stands here before anything can be asked about it.
        _ => panic!("which detail has this kind?"),
    }
}

/// Lists as they may be written; `None` is not written.
const LISTS: [Option<&[&str]>; 8] = [
    None,
    None,
    None,
    Some(&[]),
    Some(&["a"]),
    Some(&["b", "d"]),
    Some(&["c", "public_access"]),
    Some(&["a", "system_admin"]),
];

/// An object that differs with its number.
const fn numbered(
    number: usize,
    reference: &'static str,
    kind: ObjectKind,
    parts: (&'static str, &'static str),
) -> ObjectDescriptor {
    // Every third object of tiers 2 and 3 writes no list, so that its app's defaults hold.
    let written = !number.is_multiple_of(3);
    ObjectDescriptor {
        reference,
        kind,
        app: parts.0,
        name: parts.1,
        permissions: PermissionLists {
            view: listed(written, number * 7),
            use_: listed(written, number * 5 + 3),
            create: listed(written, number * 3 + 1),
            update: listed(written, number * 11 + 2),
            delete: listed(written, number * 13 + 5),
            admin: listed(written, number * 17 + 4),
        },
        public_access: number % 6 == 1,
        detail: detail(kind),
        ..ObjectDescriptor::NONE
    }
}

const fn listed(written: bool, number: usize) -> Option<&'static [&'static str]> {
    if written { LISTS[(number / 3 + number) % LISTS.len()] } else { None }
}

macro_rules! linked {
    ($($number:literal $app:literal $kind:ident $namespace:literal $name:literal;)*) => {
        $(inventory::submit! {
            Registration({
                static OBJECT: ObjectDescriptor = numbered(
                    $number,
                    concat!($app, ".", $namespace, ".", $name),
                    ObjectKind::$kind,
                    ($app, $name),
                );
                &OBJECT
            })
        })*
    };
}

linked! {
    0 "crm" Record "records" "customer";
    1 "crm" Record "records" "customer_note";
    2 "crm" Record "records" "custom";
    3 "crm" Record "records" "order";
    4 "crm" Record "records" "c";
    5 "crm" Rule "rules" "customer";
    6 "crm" Rule "rules" "customer_note";
    7 "crm" Rule "rules" "custom";
    8 "crm" Rule "rules" "order";
    9 "crm" Rule "rules" "c";
    10 "crm" Constant "constants" "customer";
    11 "crm" Constant "constants" "customer_note";
    12 "crm" Constant "constants" "custom";
    13 "crm" Constant "constants" "order";
    14 "crm" Constant "constants" "c";
    15 "crm2" Record "records" "customer";
    16 "crm2" Record "records" "customer_note";
    17 "crm2" Record "records" "custom";
    18 "crm2" Record "records" "order";
    19 "crm2" Record "records" "c";
    20 "crm2" Rule "rules" "customer";
    21 "crm2" Rule "rules" "customer_note";
    22 "crm2" Rule "rules" "custom";
    23 "crm2" Rule "rules" "order";
    24 "crm2" Rule "rules" "c";
    25 "crm2" Constant "constants" "customer";
    26 "crm2" Constant "constants" "customer_note";
    27 "crm2" Constant "constants" "custom";
    28 "crm2" Constant "constants" "order";
    29 "crm2" Constant "constants" "c";
    30 "billing" Record "records" "customer";
    31 "billing" Record "records" "customer_note";
    32 "billing" Record "records" "custom";
    33 "billing" Record "records" "order";
    34 "billing" Record "records" "c";
    35 "billing" Rule "rules" "customer";
    36 "billing" Rule "rules" "customer_note";
    37 "billing" Rule "rules" "custom";
    38 "billing" Rule "rules" "order";
    39 "billing" Rule "rules" "c";
    40 "billing" Constant "constants" "customer";
    41 "billing" Constant "constants" "customer_note";
    42 "billing" Constant "constants" "custom";
    43 "billing" Constant "constants" "order";
    44 "billing" Constant "constants" "c";
    45 "platform" Record "records" "customer";
    46 "platform" Record "records" "customer_note";
    47 "platform" Record "records" "custom";
    48 "platform" Record "records" "order";
    49 "platform" Record "records" "c";
    50 "platform" Rule "rules" "customer";
    51 "platform" Rule "rules" "customer_note";
    52 "platform" Rule "rules" "custom";
    53 "platform" Rule "rules" "order";
    54 "platform" Rule "rules" "c";
    55 "platform" Constant "constants" "customer";
    56 "platform" Constant "constants" "customer_note";
    57 "platform" Constant "constants" "custom";
    58 "platform" Constant "constants" "order";
    59 "platform" Constant "constants" "c";
    60 "crm" Interface "interfaces" "customer";
    61 "crm" Interface "interfaces" "customer_note";
    62 "crm" Interface "interfaces" "custom";
    63 "crm" Interface "interfaces" "order";
    64 "crm" Interface "interfaces" "c";
    65 "crm" Page "pages" "customer";
    66 "crm" Page "pages" "customer_note";
    67 "crm" Page "pages" "custom";
    68 "crm" Page "pages" "order";
    69 "crm" Page "pages" "c";
    70 "crm" Site "sites" "customer";
    71 "crm" Site "sites" "customer_note";
    72 "crm" Site "sites" "custom";
    73 "crm" Site "sites" "order";
    74 "crm" Site "sites" "c";
    75 "crm2" Interface "interfaces" "customer";
    76 "crm2" Interface "interfaces" "customer_note";
    77 "crm2" Interface "interfaces" "custom";
    78 "crm2" Interface "interfaces" "order";
    79 "crm2" Interface "interfaces" "c";
    80 "crm2" Page "pages" "customer";
    81 "crm2" Page "pages" "customer_note";
    82 "crm2" Page "pages" "custom";
    83 "crm2" Page "pages" "order";
    84 "crm2" Page "pages" "c";
    85 "crm2" Site "sites" "customer";
    86 "crm2" Site "sites" "customer_note";
    87 "crm2" Site "sites" "custom";
    88 "crm2" Site "sites" "order";
    89 "crm2" Site "sites" "c";
    90 "billing" Interface "interfaces" "customer";
    91 "billing" Interface "interfaces" "customer_note";
    92 "billing" Interface "interfaces" "custom";
    93 "billing" Interface "interfaces" "order";
    94 "billing" Interface "interfaces" "c";
    95 "billing" Page "pages" "customer";
    96 "billing" Page "pages" "customer_note";
    97 "billing" Page "pages" "custom";
    98 "billing" Page "pages" "order";
    99 "billing" Page "pages" "c";
    100 "billing" Site "sites" "customer";
    101 "billing" Site "sites" "customer_note";
    102 "billing" Site "sites" "custom";
    103 "billing" Site "sites" "order";
    104 "billing" Site "sites" "c";
    105 "platform" Interface "interfaces" "customer";
    106 "platform" Interface "interfaces" "customer_note";
    107 "platform" Interface "interfaces" "custom";
    108 "platform" Interface "interfaces" "order";
    109 "platform" Interface "interfaces" "c";
    110 "platform" Page "pages" "customer";
    111 "platform" Page "pages" "customer_note";
    112 "platform" Page "pages" "custom";
    113 "platform" Page "pages" "order";
    114 "platform" Page "pages" "c";
    115 "platform" Site "sites" "customer";
    116 "platform" Site "sites" "customer_note";
    117 "platform" Site "sites" "custom";
    118 "platform" Site "sites" "order";
    119 "platform" Site "sites" "c";
    120 "crm" TranslationSet "translations" "customer";
    121 "crm" TranslationSet "translations" "customer_note";
    122 "crm" TranslationSet "translations" "custom";
    123 "crm" TranslationSet "translations" "order";
    124 "crm" TranslationSet "translations" "c";
    125 "crm2" TranslationSet "translations" "customer";
    126 "crm2" TranslationSet "translations" "customer_note";
    127 "crm2" TranslationSet "translations" "custom";
    128 "crm2" TranslationSet "translations" "order";
    129 "crm2" TranslationSet "translations" "c";
    130 "billing" TranslationSet "translations" "customer";
    131 "billing" TranslationSet "translations" "customer_note";
    132 "billing" TranslationSet "translations" "custom";
    133 "billing" TranslationSet "translations" "order";
    134 "billing" TranslationSet "translations" "c";
    135 "platform" TranslationSet "translations" "customer";
    136 "platform" TranslationSet "translations" "customer_note";
    137 "platform" TranslationSet "translations" "custom";
    138 "platform" TranslationSet "translations" "order";
    139 "platform" TranslationSet "translations" "c";
    140 "crm" Process "processes" "customer";
    141 "crm" Process "processes" "customer_note";
    142 "crm" Process "processes" "custom";
    143 "crm" Process "processes" "order";
    144 "crm" Process "processes" "c";
    145 "crm2" Process "processes" "customer";
    146 "crm2" Process "processes" "customer_note";
    147 "crm2" Process "processes" "custom";
    148 "crm2" Process "processes" "order";
    149 "crm2" Process "processes" "c";
    150 "billing" Process "processes" "customer";
    151 "billing" Process "processes" "customer_note";
    152 "billing" Process "processes" "custom";
    153 "billing" Process "processes" "order";
    154 "billing" Process "processes" "c";
    155 "platform" Process "processes" "customer";
    156 "platform" Process "processes" "customer_note";
    157 "platform" Process "processes" "custom";
    158 "platform" Process "processes" "order";
    159 "platform" Process "processes" "c";
    160 "crm" Step "steps" "customer";
    161 "crm" Step "steps" "customer_note";
    162 "crm" Step "steps" "custom";
    163 "crm" Step "steps" "order";
    164 "crm" Step "steps" "c";
    165 "crm2" Step "steps" "customer";
    166 "crm2" Step "steps" "customer_note";
    167 "crm2" Step "steps" "custom";
    168 "crm2" Step "steps" "order";
    169 "crm2" Step "steps" "c";
    170 "billing" Step "steps" "customer";
    171 "billing" Step "steps" "customer_note";
    172 "billing" Step "steps" "custom";
    173 "billing" Step "steps" "order";
    174 "billing" Step "steps" "c";
    175 "platform" Step "steps" "customer";
    176 "platform" Step "steps" "customer_note";
    177 "platform" Step "steps" "custom";
    178 "platform" Step "steps" "order";
    179 "platform" Step "steps" "c";
    180 "crm" ConnectedSystem "connected_systems" "customer";
    181 "crm" ConnectedSystem "connected_systems" "customer_note";
    182 "crm" ConnectedSystem "connected_systems" "custom";
    183 "crm" ConnectedSystem "connected_systems" "order";
    184 "crm" ConnectedSystem "connected_systems" "c";
    185 "crm2" ConnectedSystem "connected_systems" "customer";
    186 "crm2" ConnectedSystem "connected_systems" "customer_note";
    187 "crm2" ConnectedSystem "connected_systems" "custom";
    188 "crm2" ConnectedSystem "connected_systems" "order";
    189 "crm2" ConnectedSystem "connected_systems" "c";
    190 "billing" ConnectedSystem "connected_systems" "customer";
    191 "billing" ConnectedSystem "connected_systems" "customer_note";
    192 "billing" ConnectedSystem "connected_systems" "custom";
    193 "billing" ConnectedSystem "connected_systems" "order";
    194 "billing" ConnectedSystem "connected_systems" "c";
    195 "platform" ConnectedSystem "connected_systems" "customer";
    196 "platform" ConnectedSystem "connected_systems" "customer_note";
    197 "platform" ConnectedSystem "connected_systems" "custom";
    198 "platform" ConnectedSystem "connected_systems" "order";
    199 "platform" ConnectedSystem "connected_systems" "c";
    200 "crm" Integration "integrations" "customer";
    201 "crm" Integration "integrations" "customer_note";
    202 "crm" Integration "integrations" "custom";
    203 "crm" Integration "integrations" "order";
    204 "crm" Integration "integrations" "c";
    205 "crm2" Integration "integrations" "customer";
    206 "crm2" Integration "integrations" "customer_note";
    207 "crm2" Integration "integrations" "custom";
    208 "crm2" Integration "integrations" "order";
    209 "crm2" Integration "integrations" "c";
    210 "billing" Integration "integrations" "customer";
    211 "billing" Integration "integrations" "customer_note";
    212 "billing" Integration "integrations" "custom";
    213 "billing" Integration "integrations" "order";
    214 "billing" Integration "integrations" "c";
    215 "platform" Integration "integrations" "customer";
    216 "platform" Integration "integrations" "customer_note";
    217 "platform" Integration "integrations" "custom";
    218 "platform" Integration "integrations" "order";
    219 "platform" Integration "integrations" "c";
    220 "crm" WebApi "web_apis" "customer";
    221 "crm" WebApi "web_apis" "customer_note";
    222 "crm" WebApi "web_apis" "custom";
    223 "crm" WebApi "web_apis" "order";
    224 "crm" WebApi "web_apis" "c";
    225 "crm2" WebApi "web_apis" "customer";
    226 "crm2" WebApi "web_apis" "customer_note";
    227 "crm2" WebApi "web_apis" "custom";
    228 "crm2" WebApi "web_apis" "order";
    229 "crm2" WebApi "web_apis" "c";
    230 "billing" WebApi "web_apis" "customer";
    231 "billing" WebApi "web_apis" "customer_note";
    232 "billing" WebApi "web_apis" "custom";
    233 "billing" WebApi "web_apis" "order";
    234 "billing" WebApi "web_apis" "c";
    235 "platform" WebApi "web_apis" "customer";
    236 "platform" WebApi "web_apis" "customer_note";
    237 "platform" WebApi "web_apis" "custom";
    238 "platform" WebApi "web_apis" "order";
    239 "platform" WebApi "web_apis" "c";
}

/// Those that are linked, with their numbers.
pub(crate) fn linked() -> Vec<&'static ObjectDescriptor> {
    let all = Registry::global().objects().iter().copied();
    let linked: Vec<_> = all.filter(|object| object.module.is_empty()).collect();
    assert_eq!(linked.len(), APPS.len() * ObjectKind::ALL.len() * NAMES.len(), "all of them have a number");
    linked
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// An object with lists of its own making and no number.
pub(crate) fn random(random: &mut Rng) -> &'static ObjectDescriptor {
    let kind = ObjectKind::ALL[random.usize(..ObjectKind::ALL.len())];
    let (app, name) = (APPS[random.usize(..APPS.len())], NAMES[random.usize(..NAMES.len())]);
    let unwritten = random.usize(..3) == 0;
    let mut list = || {
        let many = random.usize(..3);
        let groups = (0..many).map(|_| GROUPS[random.usize(..GROUPS.len())]).collect::<Vec<_>>();
        (!unwritten && random.bool()).then(|| &*Vec::leak(groups))
    };
    let (view, use_, create, update, delete, admin) = (list(), list(), list(), list(), list(), list());
    leak(ObjectDescriptor {
        reference: leak(format!("{app}.{}.{name}", kind.namespace())),
        kind,
        app,
        name,
        permissions: PermissionLists { view, use_, create, update, delete, admin },
        public_access: random.usize(..6) == 0,
        detail: detail(kind),
        ..ObjectDescriptor::NONE
    })
}
