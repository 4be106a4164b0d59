//! Logging in at a provider of OpenID Connect: authorization code with PKCE, and an account here for whom the provider names.
//!
//! Whom a provider names is known by the provider's lasting name (`sub`) alone. A name that is taken here is never given to
//! whoever has the same name there; somebody in charge says so with `marsad user link`.

use crate::guard::{Role, hash, secret};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use reqwest::RequestBuilder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use url::form_urlencoded::{Serializer, byte_serialize};

/// Where the provider sends people back to.
pub(crate) const BACK: &str = "/api/openid/back";
/// How long somebody may take at the provider.
const PATIENCE: Duration = Duration::from_secs(600);
/// How long what the provider says of itself is believed.
const BELIEVED: Duration = Duration::from_secs(3600);
/// Logins that wait at a time; beyond that the oldest is forgotten.
const WAITING: usize = 10_000;
/// Bytes of an answer at most.
const LONGEST: usize = 1 << 20;

/// A provider, and how it knows this observatory.
#[derive(Clone)]
pub struct OpenId {
    /// The provider's address, as it names itself.
    pub issuer: String,
    /// What the provider calls this observatory.
    pub client: String,
    /// What the two share, if the provider asks for it.
    pub secret: Option<String>,
    /// Where people reach this observatory, such as `https://marsad.example.org`.
    pub url: String,
    /// The role of those who come for the first time; without one only those come in whose account was linked.
    pub role: Option<Role>,
}

/// The provider, and who is there at the moment.
pub(crate) struct Provider {
    pub told: OpenId,
    client: reqwest::Client,
    metadata: tokio::sync::Mutex<Option<(Instant, Metadata)>>,
    waiting: Mutex<HashMap<String, Waiting>>,
}

/// What the provider says of itself (OpenID Connect Discovery 1.0).
#[derive(Clone, Debug, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: Option<String>,
    jwks_uri: String,
}

/// A login that began.
struct Waiting {
    state: String,
    nonce: String,
    verifier: String,
    since: Instant,
}

/// What the provider gives for a code.
#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    id_token: String,
}

/// What an ID token says; that it is the provider's, for us, and not too old is checked before.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    nonce: Option<String>,
    /// For whom the token was made, where it is for several.
    azp: Option<String>,
    preferred_username: Option<String>,
}

/// What the provider says of a person.
#[derive(Deserialize)]
struct About {
    sub: String,
    preferred_username: Option<String>,
}

/// Whom the provider names.
#[derive(Debug)]
pub(crate) struct Named {
    /// The provider's lasting name.
    pub subject: String,
    /// What the person is usually called there.
    pub name: Option<String>,
}

/// Why nobody is named.
type Refused = String;

impl Provider {
    /// Reaches a provider; asks it nothing yet.
    pub fn new(told: OpenId) -> Result<Self, String> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        // A redirect could lead requests that carry secrets elsewhere.
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(Duration::from_secs(15)).build();
        let client = client.map_err(|error| error.to_string())?;
        Ok(Self { told, client, metadata: tokio::sync::Mutex::default(), waiting: Mutex::default() })
    }

    /// What the provider answers.
    async fn ask<T: DeserializeOwned>(&self, what: &str, request: RequestBuilder) -> Result<T, Refused> {
        let failed = |error: reqwest::Error| format!("{what}: {error}");
        let mut response = request.header("accept", "application/json").send().await.map_err(failed)?;
        if response.status() != 200 {
            return Err(format!("{what}: the provider answers with status {}", response.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(failed)? {
            body.extend_from_slice(&part);
            if body.len() > LONGEST {
                return Err(format!("{what}: the answer is too long"));
            }
        }
        serde_json::from_slice(&body).map_err(|error| format!("{what}: {error}"))
    }

    async fn metadata(&self) -> Result<Metadata, Refused> {
        let mut known = self.metadata.lock().await;
        if let Some((_, metadata)) = known.as_ref().filter(|(then, _)| then.elapsed() < BELIEVED) {
            return Ok(metadata.clone());
        }
        let issuer = self.told.issuer.trim_end_matches('/');
        let request = self.client.get(format!("{issuer}/.well-known/openid-configuration"));
        let metadata: Metadata = self.ask("what the provider says of itself", request).await?;
        if metadata.issuer.trim_end_matches('/') != issuer {
            return Err(format!("the provider calls itself {}, not {issuer}", metadata.issuer));
        }
        *known = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    /// Where the provider sends people back to.
    fn back(&self) -> String {
        format!("{}{BACK}", self.told.url.trim_end_matches('/'))
    }

    /// Begins a login: where to send the browser, and what it must bring back.
    pub async fn begin(&self) -> Result<(String, String), Refused> {
        let metadata = self.metadata().await?;
        let one = Waiting { state: secret(), nonce: secret(), verifier: secret(), since: Instant::now() };
        let mut url = url::Url::parse(&metadata.authorization_endpoint).map_err(|error| error.to_string())?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.told.client)
            .append_pair("redirect_uri", &self.back())
            .append_pair("scope", "openid profile")
            .append_pair("state", &one.state)
            .append_pair("nonce", &one.nonce)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(one.verifier.as_bytes())))
            .append_pair("code_challenge_method", "S256");
        let cookie = secret();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, one| one.since.elapsed() < PATIENCE);
        if waiting.len() >= WAITING
            && let Some(oldest) = waiting.iter().min_by_key(|(_, one)| one.since).map(|(key, _)| key.clone())
        {
            waiting.remove(&oldest);
        }
        waiting.insert(hash(&cookie), one);
        Ok((url.into(), cookie))
    }

    /// Ends a login: whom the provider names to the browser that began it.
    pub async fn end(&self, cookie: &str, state: &str, code: &str) -> Result<Named, Refused> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&hash(cookie));
        let waiting = waiting.filter(|one| one.since.elapsed() < PATIENCE).ok_or("this browser began no login, or long ago")?;
        if hash(&waiting.state) != hash(state) {
            return Err("the answer is to another login".into());
        }
        let metadata = self.metadata().await?;
        let tokens = self.exchange(&metadata, code, &waiting.verifier).await?;
        let keys: JwkSet = self.ask("the keys of the provider", self.client.get(&metadata.jwks_uri)).await?;
        let claims = claims(&tokens.id_token, &keys, &metadata.issuer, &self.told.client)?;
        if claims.nonce.as_deref() != Some(waiting.nonce.as_str()) {
            return Err("the ID token is of another login".into());
        }
        let mut name = claims.preferred_username;
        if let (None, Some(endpoint)) = (&name, &metadata.userinfo_endpoint) {
            let request = self.client.get(endpoint).bearer_auth(&tokens.access_token);
            let about: About = self.ask("what the provider says of the person", request).await?;
            name = about.preferred_username.filter(|_| about.sub == claims.sub);
        }
        Ok(Named { subject: claims.sub, name })
    }

    /// Tokens for a code (RFC 6749, RFC 7636).
    async fn exchange(&self, metadata: &Metadata, code: &str, verifier: &str) -> Result<Tokens, Refused> {
        let (client, back) = (self.told.client.as_str(), self.back());
        let mut given = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", &back), ("code_verifier", verifier)];
        let request = self.client.post(&metadata.token_endpoint).header("content-type", "application/x-www-form-urlencoded");
        let request = match &self.told.secret {
            Some(secret) => {
                let part = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                request.header("authorization", format!("Basic {}", STANDARD.encode(format!("{}:{}", part(client), part(secret)))))
            }
            None => {
                given.push(("client_id", client));
                request
            }
        };
        let body = Serializer::new(String::new()).extend_pairs(given).finish();
        self.ask("tokens for the code", request.body(body)).await
    }
}

/// What an ID token says, once it is sure that the provider made it, for this client, and lately.
fn claims(token: &str, keys: &JwkSet, issuer: &str, client: &str) -> Result<Claims, Refused> {
    let wrong = |error: jsonwebtoken::errors::Error| format!("the ID token is not right: {error}");
    let head = decode_header(token).map_err(wrong)?;
    // A key that the provider publishes is no secret: what is signed with one as if it were proves nothing.
    if matches!(head.alg, Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512) {
        return Err("the ID token is not signed with a key of the provider".into());
    }
    let fits = |key: &&Jwk| head.kid.is_none() || key.common.key_id == head.kid;
    let key = keys.keys.iter().find(fits).ok_or("the provider does not publish the key of the ID token")?;
    let mut checks = Validation::new(head.alg);
    checks.set_audience(&[client]);
    checks.set_issuer(&[issuer]);
    checks.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let key = DecodingKey::from_jwk(key).map_err(wrong)?;
    let claims = decode::<Claims>(token, &key, &checks).map_err(wrong)?.claims;
    if claims.azp.as_deref().is_some_and(|party| party != client) {
        return Err("the ID token is for another client".into());
    }
    Ok(claims)
}
