//! Every operation of the API: its path, who may use it, what it takes and gives, and what answers it. The router and the
//! OpenAPI document are both made of this list, so that neither can say what the other does not do, and no operation is
//! reachable without a role.

use crate::answer::Problem;
use crate::guard::{Role, guard};
use crate::observatory::App;
use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodRouter, on};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

/// One operation.
pub(crate) struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    /// The least role.
    pub role: Role,
    pub summary: &'static str,
    /// The section of the documentation.
    pub part: &'static str,
    route: MethodRouter<App>,
    query: Option<fn(&mut SchemaGenerator) -> Schema>,
    body: Option<fn(&mut SchemaGenerator) -> Schema>,
    gives: Option<fn(&mut SchemaGenerator) -> Schema>,
    also: &'static [&'static str],
}

impl Operation {
    fn new<H: Handler<T, App>, T: 'static>(
        method: &'static str,
        filter: axum::routing::MethodFilter,
        role: Role,
        path: &'static str,
        summary: &'static str,
        handler: H,
    ) -> Self {
        let part = path.trim_start_matches("/api/").split('/').next().unwrap_or_default();
        Self { method, path, role, summary, part, route: on(filter, handler), query: None, body: None, gives: None, also: &[] }
    }

    pub fn get<H: Handler<T, App>, T: 'static>(role: Role, path: &'static str, summary: &'static str, handler: H) -> Self {
        Self::new("get", axum::routing::MethodFilter::GET, role, path, summary, handler)
    }

    pub fn post<H: Handler<T, App>, T: 'static>(role: Role, path: &'static str, summary: &'static str, handler: H) -> Self {
        Self::new("post", axum::routing::MethodFilter::POST, role, path, summary, handler)
    }

    pub fn delete<H: Handler<T, App>, T: 'static>(role: Role, path: &'static str, summary: &'static str, handler: H) -> Self {
        Self::new("delete", axum::routing::MethodFilter::DELETE, role, path, summary, handler)
    }

    /// Its query parameters are the fields of this type.
    pub fn query<Q: JsonSchema>(mut self) -> Self {
        self.query = Some(|generator| Q::json_schema(generator));
        self
    }

    /// Its body is this type.
    pub fn takes<B: JsonSchema>(mut self) -> Self {
        self.body = Some(|generator| generator.subschema_for::<B>());
        self
    }

    /// It answers with this type.
    pub fn gives<A: JsonSchema>(mut self) -> Self {
        self.gives = Some(|generator| generator.subschema_for::<A>());
        self
    }

    /// It can answer in these types of content too.
    pub fn also(mut self, types: &'static [&'static str]) -> Self {
        self.also = types;
        self
    }
}

/// The router of these operations.
pub(crate) fn router(app: &App, operations: Vec<Operation>) -> Router<App> {
    operations.into_iter().fold(Router::new(), |router, operation| {
        let role = operation.role;
        let layer = axum::middleware::from_fn_with_state((app.clone(), role), guard);
        router.route(operation.path, operation.route.route_layer(layer))
    })
}

/// The OpenAPI 3.1 document of these operations.
pub(crate) fn document(operations: &[Operation]) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into());
    let mut given = settings.clone().for_serialize().into_generator();
    let mut taken = settings.for_deserialize().into_generator();
    let problem = given.subschema_for::<Problem>();
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let mut parameters: Vec<Value> = in_path(operation.path);
        if let Some(query) = operation.query {
            parameters.extend(in_query(&query(&mut taken)));
        }
        let mut content = Map::new();
        if let Some(gives) = operation.gives {
            content.insert("application/json".into(), json!({"schema": gives(&mut given)}));
        }
        for other in operation.also {
            content.insert((*other).into(), json!({"schema": {"type": "string"}}));
        }
        let mut answers = json!({
            "default": {"description": "A problem (RFC 9457)", "content": {"application/problem+json": {"schema": problem}}},
        });
        answers["200"] =
            if content.is_empty() { json!({"description": "Done"}) } else { json!({"description": "Done", "content": content}) };
        let mut told = json!({
            "operationId": operation_id(operation), "summary": operation.summary, "tags": [operation.part],
            "x-role": operation.role.name(), "responses": answers,
        });
        if !parameters.is_empty() {
            told["parameters"] = parameters.into();
        }
        if let Some(body) = operation.body {
            told["requestBody"] = json!({"required": true, "content": {"application/json": {"schema": body(&mut taken)}}});
        }
        if operation.role > Role::Anyone {
            told["security"] = if operation.method == "get" { json!([{"session": []}, {"token": []}]) } else { json!([{"session": []}]) };
        }
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = told;
    }
    let mut schemas = taken.take_definitions(true);
    schemas.extend(given.take_definitions(true));
    schemas.sort_keys();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Marsad", "version": env!("CARGO_PKG_VERSION"), "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
            "description": "An observatory of armed-conflict incidents: what Arabic news reports tell, coded, linked and reviewed. \
                            Evidence is given as [start, end) in code points of the text. Requests that change something need the header \
                            x-marsad-csrf with the value that GET /api/session gives.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "marsad", "description": "What POST /api/session sets"},
                "token": {"type": "http", "scheme": "bearer", "description": "A token for reading, made by POST /api/tokens"},
            },
        },
    })
}

fn operation_id(operation: &Operation) -> String {
    let parts = operation.path.trim_start_matches("/api/").split(['/', '.']).map(|part| part.trim_matches(['{', '}']));
    std::iter::once(operation.method).chain(parts).collect::<Vec<_>>().join("_")
}

fn in_path(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})).collect()
}

fn in_query(schema: &Schema) -> Vec<Value> {
    let required: Vec<&str> = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let parameter = |(name, field): (&String, &Value)| {
        let mut field = field.clone();
        let description = field.as_object_mut().and_then(|field| field.remove("description")).unwrap_or_default();
        json!({"name": name, "in": "query", "required": required.contains(&name.as_str()), "description": description, "schema": field})
    };
    fields.map(parameter).collect()
}
