//! Names, places and articles of the demonstration data, and the dice that pick among them.

/// A small generator with a fixed start: every first start makes the same rows.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Self {
        Self(0x5eed_ac3e)
    }

    /// SplitMix64: short, and good enough for names.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low + u32::try_from(self.next() % span).unwrap_or(0)
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let last = u32::try_from(list.len() - 1).unwrap_or(u32::MAX);
        list[self.between(0, last) as usize]
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, chance: u32) -> bool {
        self.between(1, 100) <= chance
    }
}

/// First name, last name, job title, index of the superior.
pub(crate) const EMPLOYEES: [(&str, &str, &str, Option<usize>); 7] = [
    ("Ingrid", "Halvorsen", "Managing Director", None),
    ("Tomás", "Ferreira", "Head of Finance", Some(0)),
    ("Amara", "Okafor", "Head of Customer Service", Some(0)),
    ("Lena", "Brandt", "Accountant", Some(1)),
    ("Jules", "Marchand", "Accountant", Some(1)),
    ("Priya", "Raman", "Support Representative", Some(2)),
    ("Marek", "Dvořák", "Support Representative", Some(2)),
];

/// Name of a company and what its address on the web is made of.
pub(crate) const COMPANIES: [(&str, &str); 40] = [
    ("Aldermoor Instruments", "aldermoor"),
    ("Atelier Roussel", "atelier-roussel"),
    ("Baltic Freight Partners", "balticfreight"),
    ("Bergström Möbler", "bergstrom-mobler"),
    ("Blue Heron Coffee", "blueheroncoffee"),
    ("Brennan & Daughters", "brennandaughters"),
    ("Cascade Outfitters", "cascadeoutfitters"),
    ("Castello Ceramiche", "castelloceramiche"),
    ("Copperfield Print", "copperfieldprint"),
    ("Dahl Skipsservice", "dahlskip"),
    ("Eastgate Dental", "eastgatedental"),
    ("Fielding Nurseries", "fieldingnurseries"),
    ("Flussbad Betriebe", "flussbad"),
    ("Garnet Analytics", "garnetanalytics"),
    ("Glasbläserei Winter", "glas-winter"),
    ("Granja El Olivar", "granjaelolivar"),
    ("Harrow Street Books", "harrowstreetbooks"),
    ("Hightower Cycles", "hightowercycles"),
    ("Imprimerie Lacombe", "lacombe-imprimerie"),
    ("Juniper Interiors", "juniperinteriors"),
    ("Kestrel Air Surveys", "kestrelsurveys"),
    ("Kowalski Stolarstwo", "kowalski-stolarstwo"),
    ("Lakeview Veterinary", "lakeviewvet"),
    ("Linnet Toys", "linnettoys"),
    ("Maison Perrault", "maisonperrault"),
    ("Marlow Boatyard", "marlowboatyard"),
    ("Moreau Traiteur", "moreau-traiteur"),
    ("Northwall Security", "northwallsecurity"),
    ("Nováková Textil", "novakova-textil"),
    ("Oakridge School Supplies", "oakridgesupplies"),
    ("Officina Bellini", "officinabellini"),
    ("Petrel Marine Paints", "petrelpaints"),
    ("Quayside Bakery", "quaysidebakery"),
    ("Redwood Event Hire", "redwoodevents"),
    ("Sämann Elektrotechnik", "saemann-elektro"),
    ("Solberg Fisk", "solbergfisk"),
    ("Talavera Azulejos", "talavera-azulejos"),
    ("Thornbury Estates", "thornburyestates"),
    ("Vanderhoek Bloemen", "vanderhoekbloemen"),
    ("Wexford Brewing", "wexfordbrewing"),
];

#[rustfmt::skip] // a table
pub(crate) const FIRST_NAMES: [&str; 24] = [
    "Agnes", "Bilal", "Carmen", "Dmitri", "Elsa", "Fergus", "Giulia", "Hassan", "Ines", "Jakub", "Katrin", "Liam",
    "Mei", "Nadia", "Oskar", "Paula", "Quentin", "Rosa", "Stefan", "Thea", "Umberto", "Vera", "Wout", "Yasmin",
];

#[rustfmt::skip] // a table
pub(crate) const LAST_NAMES: [&str; 24] = [
    "Abbott", "Baumann", "Costa", "Duval", "Eriksen", "Fischer", "Garcia", "Holm", "Ivanova", "Jansen", "Keller",
    "Lindqvist", "Moretti", "Nolan", "Olsen", "Petrov", "Quinn", "Rossi", "Sato", "Tanaka", "Ulrich", "Vidal",
    "Weber", "Zielinski",
];

pub(crate) const TITLES: [&str; 6] =
    ["Owner", "Buyer", "Office Manager", "Operations Manager", "Head of Purchasing", "Accountant"];

/// City, country, telephone code, first postal code.
pub(crate) const PLACES: [(&str, &str, &str, u32); 14] = [
    ("Amsterdam", "Netherlands", "+31 20", 1012),
    ("Barcelona", "Spain", "+34 93", 8001),
    ("Bergen", "Norway", "+47 55", 5003),
    ("Bristol", "United Kingdom", "+44 117", 9410),
    ("Brno", "Czechia", "+420 54", 60200),
    ("Bruges", "Belgium", "+32 50", 8000),
    ("Cork", "Ireland", "+353 21", 1204),
    ("Gothenburg", "Sweden", "+46 31", 41103),
    ("Hamburg", "Germany", "+49 40", 20095),
    ("Kraków", "Poland", "+48 12", 30001),
    ("Lyon", "France", "+33 4", 69001),
    ("Portland", "United States", "+1 503", 97201),
    ("Salzburg", "Austria", "+43 662", 5020),
    ("Turin", "Italy", "+39 011", 10121),
];

#[rustfmt::skip] // a table
pub(crate) const STREETS: [&str; 8] =
    ["Bridge Road", "Canal Street", "Church Lane", "Harbour Road", "Market Square", "Mill Lane", "Station Road", "Quay"];

/// Number, description and price in cents of what Acme sells.
pub(crate) const ARTICLES: [(i64, &str, i64); 14] = [
    (1001, "Desk, height-adjustable", 64_900),
    (1002, "Desk, 160 × 80 cm", 38_900),
    (1010, "Office chair, mesh back", 42_500),
    (1011, "Visitor chair", 14_900),
    (1020, "Filing cabinet, four drawers", 27_900),
    (1021, "Bookcase, oak", 33_500),
    (1030, "Meeting table, ten seats", 129_000),
    (1040, "Desk lamp, LED", 8_990),
    (1041, "Floor lamp", 15_900),
    (1050, "Acoustic panel, set of four", 21_900),
    (1060, "Whiteboard, 180 × 120 cm", 18_500),
    (1070, "Coat stand", 7_490),
    (1090, "Delivery and assembly", 12_000),
    (1091, "Workplace planning, per hour", 9_500),
];
