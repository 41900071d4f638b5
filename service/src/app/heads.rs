//! Category heads of tenants whose categories are their own: fitted from a few examples while serving.
//!
//! What is kept is the examples; a head is fitted of them anew at every start, so that another
//! bundle, or other cleaning, never meets weights that do not fit it.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use switchyard_domain::ids::{CategoryId, TenantId};
use switchyard_domain::knowledge::Taught;
use switchyard_domain::policy::Policy;
use switchyard_domain::time::Timestamp;
use switchyard_journal::{decode_taught, encode_taught};
use switchyard_models::clean::Cleaned;
use switchyard_models::fit::{Encoder, FitOwnError, OwnExample, OwnFit, fit_own};
use switchyard_models::text::TicketText;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::error::Sought;
use super::fault::{Expected, Fault, Violation};
use super::history::HistoryError;
use super::recovery::RecoveryError;
use super::{App, AppError, SubmitError};
use crate::store::{KnowledgeChange, Reader};

/// The heads of all tenants.
#[derive(Debug, Default)]
pub struct Heads {
    encoder: Option<Encoder>,
    fitted: RwLock<BTreeMap<TenantId, Arc<Fitted>>>,
    /// One head is fitted at a time: it takes a core for as long as it takes.
    fitting: Arc<Mutex<()>>,
    /// Changes are kept and then shown one after the other: who shows first has kept first.
    turn: Mutex<()>,
}

/// A tenant's head.
#[derive(Debug)]
pub struct Fitted {
    /// The head and how well it did.
    pub fit: OwnFit,
    /// When its examples came.
    pub at: Timestamp,
}

impl Fitted {
    /// Whether a policy has all the categories it answers with.
    pub fn fits(&self, policy: &Policy) -> bool {
        self.fit.head.categories().iter().all(|id| policy.categories.contains_key(id))
    }
}

impl Heads {
    /// No heads yet, on what a bundle knows of texts; without one none can be fitted.
    pub fn new(encoder: Option<Encoder>) -> Self {
        Self { encoder, ..Self::default() }
    }

    /// Fits the heads of all that tenants taught, before anybody is served.
    pub async fn load(&self, reader: &Reader) -> Result<(), RecoveryError> {
        let Some(encoder) = &self.encoder else { return Ok(()) };
        for (name, payload) in reader.taught().await? {
            let tenant = TenantId::new(&name)?;
            let unreadable = |source| HistoryError::Item { id: format!("taught/{name}"), source };
            let taught = decode_taught(&payload).map_err(unreadable)?;
            match fitted_on(encoder.clone(), taught.examples.clone(), None).await {
                Ok(Ok((fit, took))) => {
                    let seconds = took.as_secs_f32();
                    tracing::info!(%tenant, n = taught.examples.len(), seconds, "own head fitted");
                    self.show(&tenant, Some(Fitted { fit, at: taught.at }));
                }
                Ok(Err(error)) => {
                    tracing::warn!(%tenant, %error, "its own head does not fit this model");
                }
                Err(error) => tracing::error!(%tenant, %error, "its own head was not fitted"),
            }
        }
        Ok(())
    }

    /// A tenant's head.
    pub fn of(&self, tenant: &TenantId) -> Option<Arc<Fitted>> {
        self.fitted.read().unwrap_or_else(PoisonError::into_inner).get(tenant).cloned()
    }

    /// A tenant's head where it judges under a policy.
    pub fn judging(&self, tenant: &TenantId, policy: &Policy) -> Option<Arc<Fitted>> {
        self.of(tenant).filter(|fitted| fitted.fits(policy))
    }

    fn show(&self, tenant: &TenantId, fitted: Option<Fitted>) -> Option<Arc<Fitted>> {
        let mut all = self.fitted.write().unwrap_or_else(PoisonError::into_inner);
        let Some(fitted) = fitted else { return all.remove(tenant) };
        all.insert(tenant.clone(), Arc::new(fitted))
    }
}

impl App {
    /// Fits a tenant's head from texts, personal numbers masked; tells what fitting took. It judges,
    /// and is durable, when this returns; with `validate_only` nothing is kept.
    pub async fn fit_head(
        &self,
        tenant: &TenantId,
        examples: Vec<(CategoryId, String)>,
        validate_only: bool,
    ) -> Result<(Arc<Fitted>, Duration), AppError> {
        let Some(encoder) = self.heads.encoder.clone() else {
            return Err(AppError::NotFound { kind: Sought::Model, id: "none".to_owned() });
        };
        self.check_categories(tenant, &examples)?;
        let stopped = |_| AppError::Submit(SubmitError::Stopping);
        // Held until the fit ends, also where the caller leaves before.
        let alone = self.heads.fitting.clone().lock_owned().await;
        let fitted = fitted_on(encoder, examples.clone(), Some(alone)).await;
        let (fit, took) = fitted.map_err(stopped)?.map_err(invalid)?;
        let at = self.desks.clock.now();
        if validate_only {
            return Ok((Arc::new(Fitted { fit, at }), took));
        }
        let payload = encode_taught(&Taught { at, examples });
        let (app, tenant) = (self.clone(), tenant.clone());
        // A caller who leaves must not leave behind what is kept and never shown.
        let kept = tokio::spawn(async move {
            app.teach(&tenant, Some(payload), Some(Fitted { fit, at })).await?;
            app.own_head(&tenant)
        });
        Ok((kept.await.map_err(stopped)??, took))
    }

    /// A tenant's head.
    pub fn own_head(&self, tenant: &TenantId) -> Result<Arc<Fitted>, AppError> {
        let not_found = || AppError::NotFound { kind: Sought::Head, id: tenant.to_string() };
        self.heads.of(tenant).ok_or_else(not_found)
    }

    /// Forgets a tenant's head and its examples.
    pub async fn delete_head(&self, tenant: &TenantId) -> Result<(), AppError> {
        let (app, tenant) = (self.clone(), tenant.clone());
        let done = tokio::spawn(async move { app.teach(&tenant, None, None).await });
        done.await.unwrap_or(Err(AppError::Submit(SubmitError::Stopping)))
    }

    /// Keeps, then shows.
    async fn teach(
        &self,
        tenant: &TenantId,
        payload: Option<Vec<u8>>,
        fitted: Option<Fitted>,
    ) -> Result<(), AppError> {
        let _turn = self.heads.turn.lock().await;
        let change = KnowledgeChange::Teach { tenant: tenant.to_string(), payload };
        self.desks.keep(vec![change]).await?;
        self.heads.show(tenant, fitted);
        Ok(())
    }

    fn check_categories(
        &self,
        tenant: &TenantId,
        examples: &[(CategoryId, String)],
    ) -> Result<(), AppError> {
        let policy = self.desks.committed.read(tenant, |desk| desk.policy().clone());
        let strange = examples.iter().enumerate();
        let strange = strange.filter(|(_, (id, _))| !policy.categories.contains_key(id));
        let violation = |(at, (id, _)): (usize, &(CategoryId, String))| {
            let fault = Fault::text(Expected::PolicyCategory, id.as_str());
            Violation::new(format!("examples[{at}].category"), fault)
        };
        let violations: Vec<Violation> = strange.map(violation).collect();
        if violations.is_empty() { Ok(()) } else { Err(AppError::Invalid(violations)) }
    }
}

/// Fits on a thread of its own; tells what it took.
async fn fitted_on(
    encoder: Encoder,
    examples: Vec<(CategoryId, String)>,
    alone: Option<OwnedMutexGuard<()>>,
) -> Result<Result<(OwnFit, Duration), FitOwnError>, tokio::task::JoinError> {
    tokio::task::spawn_blocking(move || {
        let _alone = alone;
        let started = Instant::now();
        let examples: Vec<OwnExample> = examples.into_iter().map(cleaned).collect();
        Ok((fit_own(&encoder, &examples)?, started.elapsed()))
    })
    .await
}

fn cleaned((category, text): (CategoryId, String)) -> OwnExample {
    let mut cleaned = Cleaned::default();
    cleaned.read(&TicketText::new("", &text));
    OwnExample { text: cleaned.with_numbers().into_owned(), category }
}

/// What is wrong with examples, at the field it is wrong with.
fn invalid(error: FitOwnError) -> AppError {
    let (field, fault) = match error {
        FitOwnError::TooFewCategories(n) => {
            ("examples".to_owned(), Fault::value(Expected::ExamplesOfTwo, &n))
        }
        FitOwnError::TooManyCategories(n) => {
            let most = Expected::CategoriesWithin(switchyard_models::fit::CATEGORIES_MAX);
            ("examples".to_owned(), Fault::value(most, &n))
        }
        FitOwnError::TooFewExamples { category, n } => {
            ("examples".to_owned(), Fault::value(Expected::TwoExamplesOf(category), &n))
        }
        FitOwnError::TooMany(n) => {
            let most = Expected::ItemsWithin(switchyard_models::fit::EXAMPLES_MAX);
            ("examples".to_owned(), Fault::value(most, &n))
        }
        FitOwnError::Contradiction { first, second, categories: [known, other] } => {
            let expected = Expected::CategoryOfExample { first, category: known };
            (format!("examples[{second}].category"), Fault::text(expected, other.as_str()))
        }
        FitOwnError::Empty(at) => {
            (format!("examples[{at}].text"), Fault::missing(Expected::WordsOfOwn))
        }
    };
    AppError::from(Violation::new(field, fault))
}
