//! The document of the platform's own records, and of a record made for its limits.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::{View, document};
use crate::registry::{
    FieldDescriptor, ObjectDescriptor, ObjectDetail, ObjectKind, PermissionLists, RecordDescriptor, Registry, Slot,
    Validation,
};
use crate::security::{Policy, Rights, Subject, UserType};
use crate::value::{Choice, ChoicesDescriptor, FieldAccess, FieldType, Value};

const FIELD: FieldDescriptor = FieldDescriptor::plain("", "", (FieldType::Text, false, FieldAccess::NONE));

const fn field(name: &'static str, field_type: FieldType) -> FieldDescriptor {
    FieldDescriptor { name, column: name, field_type, ..FIELD }
}

const CHOICES: ChoicesDescriptor = ChoicesDescriptor {
    type_name: "Colour",
    choices: &[Choice { value: "red", label: "Red" }, Choice { value: "blue", label: "Blue" }],
};

const STAFF: Option<&'static [&'static str]> = Some(&["staff"]);
const BOSSES: Option<&'static [&'static str]> = Some(&["bosses"]);

static THING: RecordDescriptor = RecordDescriptor {
    table: "shop_thing",
    plural: crate::registry::Plural::Written("things"),
    type_name: "Thing",
    audit_log: true,
    fields: &[
        FieldDescriptor {
            validations: &[Validation::Length { min: Some(2), max: Some(9), equal: None }, Validation::Contains("a.b")],
            search: true,
            ..field("name", FieldType::Text)
        },
        FieldDescriptor {
            validations: &[Validation::Range { min: Some("0"), max: None, exclusive_min: None, exclusive_max: None }],
            ..field("price", FieldType::Decimal { scale: 2 })
        },
        FieldDescriptor { nullable: true, ..field("pieces", FieldType::Integer { min: 0, max: 255 }) },
        FieldDescriptor { default: Some(|| Value::Bool(true)), ..field("sold", FieldType::Bool) },
        FieldDescriptor { nullable: true, ..field("colour", FieldType::Choice(&CHOICES)) },
        FieldDescriptor { nullable: true, ..field("tags", FieldType::List(&FieldType::Text)) },
        field("made_on", FieldType::Date),
        FieldDescriptor { nullable: true, ..field("extra", FieldType::Json) },
        FieldDescriptor { view: BOSSES, update: BOSSES, nullable: true, ..field("margin", FieldType::Float) },
        FieldDescriptor { update: BOSSES, nullable: true, ..field("code", FieldType::Uuid) },
        field("parts", FieldType::Many(|| &THING_OBJECT)),
        FieldDescriptor { nullable: true, ..field("parent", FieldType::Reference(|| &THING_OBJECT)) },
    ],
    unique: &[],
    indexes: &[],
    ..RecordDescriptor::NONE
};

static THING_OBJECT: ObjectDescriptor = ObjectDescriptor {
    reference: "shop.records.thing",
    kind: ObjectKind::Record,
    app: "shop",
    name: "thing",
    module: "",
    file: "",
    line: 1,
    description: "Things.",
    permissions: PermissionLists { view: STAFF, use_: None, create: STAFF, update: STAFF, delete: BOSSES, admin: None },
    public_access: true,
    timeout: None,
    detail: ObjectDetail::Record(&THING),
    slot: Slot::new(),
};

fn rights(user_type: UserType, groups: &[&str]) -> Rights {
    let groups: HashSet<String> = groups.iter().map(|group| (*group).to_owned()).collect();
    Rights::new(0, Subject { user_type, active: true, groups }, Arc::new(Policy::default()), 0)
}

fn written(objects: &[&'static ObjectDescriptor], rights: &Rights) -> Json {
    let public = self::rights(UserType::Basic, &[]);
    let view = View {
        objects,
        rights,
        public: &public,
        name: "test",
        version: "1.0.0",
        public_url: Some("https://example.org"),
        cookie: "appos_session",
    };
    let text = document(&view).to_json().expect("the document can be written");
    serde_json::from_str(&text).expect("the document is JSON")
}

fn of_staff() -> Json {
    written(&[&THING_OBJECT], &rights(UserType::Basic, &["staff"]))
}

fn of_admin() -> Json {
    let mut objects = Registry::global().objects().to_vec();
    objects.push(&THING_OBJECT);
    written(&objects, &rights(UserType::SystemAdmin, &[]))
}

/// Follows `$ref`, if there is one.
fn resolved<'a>(document: &'a Json, value: &'a Json) -> &'a Json {
    let Some(place) = value["$ref"].as_str() else { return value };
    let pointer = place.strip_prefix('#').expect("references stay in the document");
    document.pointer(pointer).unwrap_or_else(|| panic!("{place} leads nowhere"))
}

fn each<'a>(value: &'a Json, see: &mut impl FnMut(&'a Json)) {
    see(value);
    match value {
        Json::Array(items) => items.iter().for_each(|item| each(item, see)),
        Json::Object(entries) => entries.values().for_each(|entry| each(entry, see)),
        _ => {}
    }
}

/// Path, method and operation.
fn operations(document: &Json) -> Vec<(&str, &str, &Json)> {
    let paths = document["paths"].as_object().expect("there are paths");
    paths
        .iter()
        .flat_map(|(path, item)| {
            let item = item.as_object().expect("a path item");
            item.iter().map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
        })
        .collect()
}

#[test]
fn every_reference_leads_to_something() {
    let document = of_admin();
    let mut count = 0;
    each(&document, &mut |value| {
        if value["$ref"].is_string() {
            resolved(&document, value);
            count += 1;
        }
    });
    assert!(count > 100, "{count}");
}

#[test]
fn operation_ids_are_unique_and_links_name_them() {
    let document = of_admin();
    let mut ids = HashSet::new();
    for (path, method, operation) in operations(&document) {
        assert!(ids.insert(operation["operationId"].as_str().expect("an id")), "{method} {path}");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{method} {path}");
    }
    each(&document["paths"], &mut |value| {
        for link in value["links"].as_object().into_iter().flat_map(|links| links.values()) {
            assert!(ids.contains(link["operationId"].as_str().expect("an id")), "{link}");
        }
    });
    assert!(ids.contains("platform.records.user.list") && ids.contains("platform.rules.why"));
}

#[test]
fn parameters_are_declared_once_and_those_of_the_path_always() {
    let document = of_admin();
    for (path, method, operation) in operations(&document) {
        let mut seen = HashMap::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let parameter = resolved(&document, parameter);
            assert!(parameter["schema"].is_object(), "{method} {path}: {parameter}");
            let name = (parameter["in"].as_str(), parameter["name"].as_str());
            assert!(seen.insert(name, parameter).is_none(), "{method} {path}: {name:?} stands twice");
        }
        if path.contains("/{id}") {
            assert_eq!(seen[&(Some("path"), Some("id"))]["required"], true, "{method} {path}");
        }
        assert_eq!(path.matches('{').count(), usize::from(path.contains("/{id}")), "{path}");
    }
}

#[test]
fn every_response_has_a_schema_and_names_its_execution() {
    let document = of_admin();
    for (path, method, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().expect("responses") {
            let response = resolved(&document, response);
            assert!(response["headers"]["x-execution-id"].is_object(), "{method} {path} {status}");
            if ["204", "304"].contains(&status.as_str()) {
                assert!(response["content"].is_null());
                continue;
            }
            for (kind, content) in response["content"].as_object().expect("content") {
                assert!(content["schema"].is_object(), "{method} {path} {status}");
                let problem = status.as_str() >= "400";
                assert_eq!(kind == "application/problem+json", problem, "{method} {path} {status}");
            }
        }
    }
}

#[test]
fn bodies_allow_nothing_that_is_not_named() {
    let document = of_admin();
    for (path, method, operation) in operations(&document) {
        for content in operation["requestBody"]["content"].as_object().into_iter().flat_map(|all| all.values()) {
            let schema = resolved(&document, &content["schema"]);
            // A file is a text as far as the document goes.
            assert!(schema["additionalProperties"] == false || schema["type"] == "string", "{method} {path}");
        }
    }
}

#[test]
fn fields_that_may_not_be_read_or_written_are_absent() {
    let document = of_staff();
    let schemas = &document["components"]["schemas"];
    assert!(!document.to_string().contains("margin"));
    assert!(schemas["shop.records.thing"]["properties"]["code"].is_object());
    assert!(schemas["shop.records.thing.new"]["properties"]["code"].is_null());
    assert!(schemas["shop.records.thing.change"]["properties"]["code"].is_null());
    let admin = of_admin();
    assert!(admin["components"]["schemas"]["shop.records.thing.new"]["properties"]["margin"].is_object());
}

#[test]
fn operations_that_are_not_permitted_are_absent() {
    let document = of_staff();
    let item = &document["paths"]["/api/shop/v1/things/{id}"];
    assert!(item["get"].is_object() && item["patch"].is_object() && item["delete"].is_null());
    let nobody = written(Registry::global().objects(), &rights(UserType::Basic, &[]));
    assert!(!nobody.to_string().contains("platform"), "{nobody}");
    assert!(nobody["paths"]["/auth/login"]["post"].is_object());
}

#[test]
fn what_everyone_may_do_asks_for_no_sign_in() {
    let document = of_staff();
    let things = &document["paths"]["/api/shop/v1/things"];
    assert_eq!(things["get"]["security"], json!([{ "session": [] }, { "api_key": [] }, {}]));
    assert_eq!(things["post"]["security"], json!([{ "session": [] }, { "api_key": [] }]));
    assert_eq!(document["components"]["securitySchemes"]["session"]["name"], "appos_session");
}

#[test]
fn types_and_checks_become_keywords() {
    let document = of_staff();
    let schemas = &document["components"]["schemas"];
    let (new, row) = (&schemas["shop.records.thing.new"], &schemas["shop.records.thing"]);
    assert_eq!(new["required"], json!(["name", "price", "made_on"]));
    let fields = &new["properties"];
    assert_eq!(
        fields["name"],
        json!({ "type": "string", "minLength": 2, "maxLength": 9, "pattern": "^[^\\x00]*$",
                "allOf": [{ "pattern": "a\\.b" }] })
    );
    let price = fields["price"]["anyOf"].as_array().expect("text or number");
    assert_eq!(price[0], json!({ "type": "string", "pattern": "^[0-9]{1,16}(\\.[0-9]{1,2})?$" }));
    assert_eq!(price[1]["multipleOf"], json!(0.01));
    assert_eq!((&price[1]["minimum"], &price[1]["maximum"]), (&json!(0), &json!(92_233_720_368_547_758_i64)));
    assert_eq!(row["properties"]["price"]["pattern"], "^-?[0-9]+(\\.[0-9]{1,2})?$");
    assert_eq!(fields["pieces"]["type"], json!(["integer", "null"]));
    assert_eq!((&fields["pieces"]["minimum"], &fields["pieces"]["maximum"]), (&json!(0), &json!(255)));
    assert_eq!(fields["colour"], json!({ "type": ["string", "null"], "enum": ["red", "blue", null] }));
    assert_eq!(fields["tags"]["type"], json!(["array", "null"]));
    assert_eq!(fields["tags"]["items"]["type"], "string");
    assert_eq!(fields["made_on"], json!({ "type": "string", "format": "date" }));
    assert_eq!(fields["extra"], json!({}));
    assert_eq!(fields["parent"]["minimum"], 1);
    // Related rows are written with the row, and never a part of it.
    assert_eq!(fields["parts"]["type"], "array");
    assert!(row["properties"]["parts"].is_null());
    assert!(row["required"].as_array().is_some_and(|all| all.contains(&json!("version"))));
}

#[test]
fn lists_name_every_filter_that_fits_its_field() {
    let document = of_staff();
    let list = &document["paths"]["/api/shop/v1/things"]["get"];
    let parameters: HashMap<String, &Json> = list["parameters"]
        .as_array()
        .expect("parameters")
        .iter()
        .map(|parameter| resolved(&document, parameter))
        .map(|parameter| (parameter["name"].as_str().unwrap_or_default().to_owned(), parameter))
        .collect();
    for name in ["q", "limit", "filter[name][contains]", "filter[created_by][null]", "filter[extra][null]"] {
        assert!(parameters.contains_key(name), "{name}");
    }
    for name in ["filter[price][contains]", "filter[name][null]", "filter[extra][eq]", "filter[parts][eq]"] {
        assert!(!parameters.contains_key(name), "{name}");
    }
    let several = parameters["filter[colour][in]"];
    assert_eq!((&several["style"], &several["explode"]), (&json!("form"), &json!(false)));
    assert_eq!(several["schema"]["items"]["enum"], json!(["red", "blue"]));
    assert_eq!(parameters["limit"]["schema"]["default"], 20);
    let sort = parameters["sort"]["schema"]["pattern"].as_str().unwrap_or_default();
    assert!(sort.starts_with("^-?(id|created_at") && sort.ends_with("){0,7}$"), "{sort}");
}
