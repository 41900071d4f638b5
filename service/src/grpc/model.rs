//! `ModelService`: convert in, one use case, convert out.

use std::time::Duration;

use switchyard_domain::ids::{CategoryId, TenantId};
use switchyard_models::clean::masked;
use switchyard_models::fit::EXAMPLES_MAX;
use switchyard_models::understand::Explained;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::model_service_server::ModelService;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use super::check::Check;
use super::{Handlers, answer, call, read, write};
use crate::app::fault::{Expected, Fault};
use crate::app::heads::Fitted;
use crate::app::understanding::About;
use crate::app::{AppError, SubmitError};
use crate::lang::Lang;
use crate::words;

/// The longest example, in bytes.
const EXAMPLE_BYTES_MAX: usize = 16 * 1024;

#[tonic::async_trait]
impl ModelService for Handlers {
    async fn get_model(
        &self,
        _: Request<pb::GetModelRequest>,
    ) -> Result<Response<pb::GetModelResponse>, Status> {
        Ok(Response::new(self.app.understander.about().map(about).unwrap_or_default()))
    }

    async fn explain_text(
        &self,
        request: Request<pb::ExplainTextRequest>,
    ) -> Result<Response<pb::ExplainTextResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.explain_one(request.metadata(), request.get_ref(), lang).await, lang)
    }

    async fn fit_head(
        &self,
        request: Request<pb::FitHeadRequest>,
    ) -> Result<Response<pb::FitHeadResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.fit_own_head(request.metadata(), request.get_ref()).await, lang)
    }

    async fn get_head(
        &self,
        request: Request<pb::GetHeadRequest>,
    ) -> Result<Response<pb::GetHeadResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.own_head(request.metadata()), lang)
    }

    async fn delete_head(
        &self,
        request: Request<pb::DeleteHeadRequest>,
    ) -> Result<Response<pb::DeleteHeadResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.delete_own_head(request.metadata(), request.get_ref()).await, lang)
    }
}

impl Handlers {
    async fn explain_one(
        &self,
        metadata: &MetadataMap,
        request: &pb::ExplainTextRequest,
        lang: Lang,
    ) -> Result<pb::ExplainTextResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let Some(ticket) = &request.ticket else {
            check.fail("ticket", Fault::missing(Expected::Ticket));
            return check.finish(None);
        };
        read::ticket::content(&mut check, ticket);
        let tenant = check.finish(tenant)?;
        let (app, ticket) = (self.app.clone(), ticket.clone());
        // Hundreds of judgements: not on a thread that answers calls.
        let explaining = move || app.explain_text(&tenant, &read::ticket::text(&ticket));
        let done = tokio::task::spawn_blocking(explaining).await;
        let (assessment, explained) = done.map_err(|_| AppError::Submit(SubmitError::Stopping))?;
        Ok(pb::ExplainTextResponse {
            assessment: Some(write::assessment::assessment(&assessment)),
            explanations: explained.iter().map(|one| explanation(one, lang)).collect(),
        })
    }

    async fn fit_own_head(
        &self,
        metadata: &MetadataMap,
        request: &pb::FitHeadRequest,
    ) -> Result<pb::FitHeadResponse, AppError> {
        let mut check = Check::default();
        check.at_most("examples", &request.examples, EXAMPLES_MAX);
        let actor = request.actor.as_ref();
        let call = call::changing(&mut check, metadata, "Model.FitHead", "", actor, &());
        let examples = examples(&mut check, &request.examples);
        let tenant = check.finish(call)?.tenant;
        let fitted = self.app.fit_head(&tenant, examples, request.validate_only).await?;
        let (fitted, took) = fitted;
        Ok(pb::FitHeadResponse {
            head: Some(self.head(&tenant, &fitted)),
            fit_duration: Some(duration(took)),
        })
    }

    fn own_head(&self, metadata: &MetadataMap) -> Result<pb::GetHeadResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let tenant = check.finish(tenant)?;
        let fitted = self.app.own_head(&tenant)?;
        Ok(pb::GetHeadResponse { head: Some(self.head(&tenant, &fitted)) })
    }

    async fn delete_own_head(
        &self,
        metadata: &MetadataMap,
        request: &pb::DeleteHeadRequest,
    ) -> Result<pb::DeleteHeadResponse, AppError> {
        let mut check = Check::default();
        let actor = request.actor.as_ref();
        let call = call::changing(&mut check, metadata, "Model.DeleteHead", "", actor, &());
        self.app.delete_head(&check.finish(call)?.tenant).await?;
        Ok(pb::DeleteHeadResponse {})
    }

    fn head(&self, tenant: &TenantId, fitted: &Fitted) -> pb::Head {
        let head = &fitted.fit.head;
        let category = |(id, n): (&CategoryId, &usize)| pb::HeadCategory {
            category: id.to_string(),
            n_examples: *n as u32,
        };
        pb::Head {
            model_version: head.version().to_string(),
            categories: head
                .categories()
                .iter()
                .zip(&fitted.fit.n_examples)
                .map(category)
                .collect(),
            accuracy: fitted.fit.accuracy,
            auto_from: f64::from(head.spec().thresholds.auto),
            suggest_from: f64::from(head.spec().thresholds.suggest),
            group_auto_from: f64::from(head.spec().of_groups().auto),
            group_suggest_from: f64::from(head.spec().of_groups().suggest),
            fitted_time: Some(write::instant(fitted.at)),
            in_use: self.app.desks.committed.read(tenant, |desk| fitted.fits(desk.policy())),
        }
    }
}

/// The examples, personal numbers masked.
fn examples(check: &mut Check, examples: &[pb::HeadExample]) -> Vec<(CategoryId, String)> {
    let mut all = Vec::with_capacity(examples.len());
    for (at, example) in examples.iter().take(EXAMPLES_MAX).enumerate() {
        check.bounded(format!("examples[{at}].text"), &example.text, EXAMPLE_BYTES_MAX);
        let category = CategoryId::new(&example.category);
        let category = check.take(format!("examples[{at}].category"), category);
        all.extend(category.map(|category| (category, masked(&example.text))));
    }
    all
}

fn about(about: &About) -> pb::GetModelResponse {
    let manifest = &about.manifest;
    let head = |head: &switchyard_models::bundle::HeadSpec| pb::ModelHead {
        name: head.name.label().to_owned(),
        labels: head.labels.clone(),
        auto_from: f64::from(head.thresholds.auto),
        suggest_from: f64::from(head.thresholds.suggest),
        label_auto_from: head.auto_by_label.iter().map(|it| f64::from(*it)).collect(),
        group_auto_from: head.groups.map(|groups| f64::from(groups.auto)),
        group_suggest_from: head.groups.map(|groups| f64::from(groups.suggest)),
    };
    let data = |set: &switchyard_models::bundle::DataSource| pb::ModelData {
        name: set.name.clone(),
        licence: set.licence.clone(),
        n_rows: set.n_rows as u64,
        sha256: set.sha256.clone(),
    };
    let table = manifest.embedding.iter().flat_map(|table| table.teacher.iter().chain(&table.data));
    pb::GetModelResponse {
        version: about.version.clone(),
        heads: manifest.heads.iter().map(head).collect(),
        data: manifest.data.iter().chain(table).map(data).collect(),
        metrics: manifest.metrics.clone(),
        card: about.card.clone(),
    }
}

fn explanation(explained: &Explained, lang: Lang) -> pb::Explanation {
    let reasons = explained.reasons.iter().map(|reason| pb::Reason {
        phrase: reason.phrase.clone(),
        weight: f64::from(reason.weight),
    });
    let examples = explained.examples.iter().map(|example| pb::NearExample {
        key: example.key.clone(),
        label: example.label.clone(),
        text: example.text.clone(),
        similarity: f64::from(example.similarity),
    });
    pb::Explanation {
        head: explained.head.label().to_owned(),
        label: explained.label.clone(),
        rival: explained.rival.clone().unwrap_or_default(),
        log_odds: f64::from(explained.log_odds),
        reasons: reasons.collect(),
        examples: examples.collect(),
        summary: words::explanation(explained, lang),
    }
}

fn duration(took: Duration) -> prost_types::Duration {
    prost_types::Duration { seconds: took.as_secs() as i64, nanos: took.subsec_nanos() as i32 }
}
