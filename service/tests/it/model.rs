//! What judges texts: told, explained, and taught a tenant's own categories.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::model_service_client::ModelServiceClient;
use tonic::transport::Channel;
use tonic::{Code, Response, Status};

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples;

/// A desk of another trade.
const OWN: &str = "schema = 1\nlabels = \"own\"\n\n\
                   [[category]]\nid = \"it.wifi\"\n\n[[category]]\nid = \"hr.pay\"\n\n\
                   [[category]]\nid = \"other\"\n";

const MODEL: &[(&str, &str)] = &[("model.bundle", "embedded")];

const PHONE: &str = "13800138000";

fn examples() -> Vec<pb::HeadExample> {
    let wifi = [
        "the office wifi is down again",
        "no wifi on the third floor",
        "laptop cannot join the wireless network",
        "wifi keeps dropping in meetings",
        "公司无线网连不上",
    ];
    let pay = [
        "my salary has not arrived",
        "there is a mistake on my payslip",
        "when is pay day this month",
        "overtime is missing from my pay",
        "工资条上的加班费不对，我的电话13800138000",
    ];
    let example = |(text, category): (&str, &str)| pb::HeadExample {
        text: text.to_owned(),
        category: category.to_owned(),
    };
    let wifi = wifi.map(|text| (text, "it.wifi"));
    wifi.into_iter().chain(pay.map(|text| (text, "hr.pay"))).map(example).collect()
}

impl Harness {
    fn model(&self) -> ModelServiceClient<Channel> {
        ModelServiceClient::new(self.channel())
    }

    async fn apply_own(&self) {
        let request = pb::ApplyRequest { source: OWN.to_owned(), ..pb::ApplyRequest::default() };
        self.policies().apply(request).await.expect("the policy is taken");
    }

    async fn fit(
        &self,
        examples: Vec<pb::HeadExample>,
    ) -> Result<Response<pb::FitHeadResponse>, Status> {
        let request = pb::FitHeadRequest { examples, ..pb::FitHeadRequest::default() };
        self.model().fit_head(request).await
    }

    async fn judged(&self, text: &str) -> pb::Assessment {
        let mut request = samples::triage(ticket(text));
        request.mode = pb::Mode::Analyze as i32;
        let answer = self.triage().triage(request).await.expect("an answer").into_inner();
        answer.assessment.expect("an assessment")
    }

    async fn explained(&self, text: &str) -> pb::ExplainTextResponse {
        let request = pb::ExplainTextRequest { ticket: Some(ticket(text)) };
        self.model().explain_text(request).await.expect("an explanation").into_inner()
    }
}

fn ticket(text: &str) -> pb::Ticket {
    pb::Ticket {
        subject: String::new(),
        messages: vec![samples::message(text)],
        ..samples::ticket("T-1")
    }
}

fn category(assessment: &pb::Assessment) -> &str {
    &assessment.category.as_ref().expect("a category").label
}

#[tokio::test]
async fn the_model_tells_its_heads_its_data_and_its_figures() {
    let harness = Harness::with(MODEL).await;
    let model = harness.model().get_model(pb::GetModelRequest {}).await.expect("a model");
    let model = model.into_inner();
    assert!(model.version.starts_with("default@") && model.card.starts_with("# Bundle"));
    assert!(model.heads.iter().any(|head| head.name == "category" && head.labels.len() == 28));
    assert!(model.data.iter().all(|set| !set.licence.is_empty()) && !model.data.is_empty());
    assert!(model.metrics["category.accuracy"] > 0.5);
}

#[tokio::test]
async fn a_head_of_ones_own_judges_is_durable_and_can_be_forgotten() {
    let mut harness = Harness::with(MODEL).await;
    harness.apply_own().await;
    let text = "wifi in the lobby is dead";
    assert_eq!(harness.judged(text).await.model_version.find("+own@"), None);

    let fitted = harness.fit(examples()).await.expect("a head").into_inner();
    let head = fitted.head.expect("a head");
    assert!(head.in_use && head.accuracy > 0.5 && fitted.fit_duration.is_some(), "{head:?}");
    let counts: Vec<_> =
        head.categories.iter().map(|it| (it.category.as_str(), it.n_examples)).collect();
    assert_eq!(counts, [("hr.pay", 5), ("it.wifi", 5)]);

    harness.seat(&[("li", 10.0)]).await;
    for restarted in [false, true] {
        if restarted {
            harness.restart().await;
        }
        let judged = harness.judged(text).await;
        assert_eq!(
            (category(&judged), judged.model_version.as_str()),
            ("it.wifi", head.model_version.as_str())
        );
        assert_eq!(judged.degraded_reason, "");
        let got = harness.model().get_head(pb::GetHeadRequest {}).await.expect("a head");
        assert_eq!(got.into_inner().head.expect("a head"), head);
    }
    let triaged = harness.assign(ticket("工资少了")).await;
    assert_eq!(category(&triaged.assessment.expect("an assessment")), "hr.pay");
    let decision = triaged.decision.expect("a decision");
    assert!(harness.explain(&decision.id).await.reproduced);

    let delete = || pb::DeleteHeadRequest { actor: None };
    harness.model().delete_head(delete()).await.expect("gone");
    harness.model().delete_head(delete()).await.expect("safe to repeat");
    let gone = harness.model().get_head(pb::GetHeadRequest {}).await;
    refused(gone, Code::NotFound, "NOT_FOUND", &[]);
    harness.restart().await;
    assert_eq!(harness.judged(text).await.model_version.find("+own@"), None);
}

#[tokio::test]
async fn examples_are_kept_without_personal_numbers_and_leave_the_file_with_their_head() {
    let harness = Harness::with(MODEL).await;
    harness.apply_own().await;
    harness.fit(examples()).await.expect("a head");
    assert!(harness.stands_in("公司无线网连不上") && !harness.stands_in(PHONE));
    let delete = pb::DeleteHeadRequest { actor: None };
    harness.model().delete_head(delete).await.expect("gone");
    assert!(!harness.stands_in("公司无线网连不上"), "in no page and no log");
}

#[tokio::test]
async fn a_head_rests_while_the_policy_lacks_one_of_its_categories() {
    let harness = Harness::with(MODEL).await;
    harness.apply_own().await;
    harness.fit(examples()).await.expect("a head");
    let source = OWN.replace("it.wifi", "it.network");
    let request = pb::ApplyRequest { source, ..pb::ApplyRequest::default() };
    harness.policies().apply(request).await.expect("the policy is taken");
    let head = harness.model().get_head(pb::GetHeadRequest {}).await.expect("a head");
    assert!(!head.into_inner().head.expect("a head").in_use);
    assert_eq!(harness.judged("wifi is down").await.model_version.find("+own@"), None);
    harness.apply_own().await;
    assert_eq!(category(&harness.judged("wifi is down").await), "it.wifi");
}

#[tokio::test]
async fn examples_that_make_no_head_are_refused_at_their_field() {
    let harness = Harness::with(MODEL).await;
    harness.apply_own().await;
    let with = |at: usize, change: &dyn Fn(&mut pb::HeadExample)| {
        let mut all = examples();
        change(&mut all[at]);
        harness.fit(all)
    };
    let strange = with(3, &|it| "it.vpn".clone_into(&mut it.category)).await;
    refused(strange, Code::InvalidArgument, "INVALID_FIELD", &["examples[3].category"]);
    let empty = with(4, &|it| "???".clone_into(&mut it.text)).await;
    refused(empty, Code::InvalidArgument, "INVALID_FIELD", &["examples[4].text"]);
    let torn = with(9, &|it| "no wifi on the third floor".clone_into(&mut it.text)).await;
    refused(torn, Code::InvalidArgument, "INVALID_FIELD", &["examples[9].category"]);
    let none = harness.fit(Vec::new()).await;
    refused(none, Code::InvalidArgument, "INVALID_FIELD", &["examples"]);
    let lonely = harness.fit(examples()[..6].to_vec()).await;
    refused(lonely, Code::InvalidArgument, "INVALID_FIELD", &["examples"]);
    let kept = harness.model().get_head(pb::GetHeadRequest {}).await;
    refused(kept, Code::NotFound, "NOT_FOUND", &[]);
}

#[tokio::test]
async fn a_head_that_is_only_tried_is_not_kept() {
    let harness = Harness::with(MODEL).await;
    harness.apply_own().await;
    let request =
        pb::FitHeadRequest { examples: examples(), validate_only: true, ..Default::default() };
    let tried = harness.model().fit_head(request).await.expect("a head").into_inner();
    assert!(tried.head.expect("a head").accuracy > 0.5);
    let kept = harness.model().get_head(pb::GetHeadRequest {}).await;
    refused(kept, Code::NotFound, "NOT_FOUND", &[]);
}

#[tokio::test]
async fn nothing_can_be_taught_without_a_model() {
    let harness = Harness::start().await;
    harness.apply_own().await;
    refused(harness.fit(examples()).await, Code::NotFound, "NOT_FOUND", &[]);
    let told = harness.model().get_model(pb::GetModelRequest {}).await.expect("an answer");
    assert_eq!(told.into_inner(), pb::GetModelResponse::default());
    assert_eq!(harness.explained("where is my parcel").await.explanations, []);
}

#[tokio::test]
async fn an_answer_is_explained_by_the_phrases_that_moved_it() {
    let harness = Harness::with(MODEL).await;
    for (text, phrase) in [
        ("Hello, please give me my money back for the kettle, thanks", "money"),
        ("你好，这个水壶我不要了，把钱退给我", "退"),
    ] {
        let told = harness.explained(text).await;
        let first = &told.explanations[0];
        assert_eq!((first.head.as_str(), first.label.as_str()), ("category", "returns.refund"));
        assert_eq!(first.label, category(&told.assessment.expect("an assessment")));
        assert!(!first.rival.is_empty() && first.log_odds > 0.0, "{first:?}");
        let strongest = &first.reasons[0];
        assert!(strongest.phrase.contains(phrase) && strongest.weight > 0.0, "{first:?}");
        assert!(first.summary.contains(phrase), "{}", first.summary);
        assert!(first.reasons.is_sorted_by(|a, b| a.weight.abs() >= b.weight.abs()));
    }
}

#[tokio::test]
async fn a_long_text_is_explained_by_its_telling_part() {
    let harness = Harness::with(MODEL).await;
    let filler = "we had a lovely week and the weather was fine. ".repeat(60);
    let text = format!("{filler} I want my money back, refund me please. {filler}");
    let told = harness.explained(&text).await;
    let category = &told.explanations[0];
    let all: Vec<_> = category.reasons.iter().map(|it| it.phrase.as_str()).collect();
    assert!(
        all.iter().any(|phrase| phrase.contains("refund") || phrase.contains("money")),
        "{all:?}"
    );
}

#[tokio::test]
async fn examples_near_a_text_explain_a_head_of_ones_own() {
    let harness = Harness::with(MODEL).await;
    harness.apply_own().await;
    harness.fit(examples()).await.expect("a head");
    let told = harness.explained("the wireless network is gone").await;
    let category = &told.explanations[0];
    assert_eq!((category.label.as_str(), category.rival.as_str()), ("it.wifi", "hr.pay"));
    let nearest = &category.examples[0];
    // The example in the other language may be nearer than the one with the word.
    let says_so = ["wireless", "无线网"].iter().any(|word| nearest.text.contains(word));
    assert_eq!((nearest.label.as_str(), says_so), ("it.wifi", true), "{nearest:?}");
}

#[tokio::test]
async fn entities_are_told_where_they_are_asked_for() {
    let harness = Harness::with(MODEL).await;
    let mut request = samples::triage(ticket("order DD88231 cost $12, call me"));
    request.mode = pb::Mode::Analyze as i32;
    let told = |request: pb::TriageRequest| async {
        harness.triage().triage(request).await.expect("an answer").into_inner().entities
    };
    assert_eq!(told(request.clone()).await, []);
    request.with_entities = true;
    let found = told(request).await;
    let kinds: Vec<_> = found.iter().map(|it| (it.kind(), it.value.as_str())).collect();
    let expected = [(pb::EntityKind::OrderNumber, "DD88231"), (pb::EntityKind::Amount, "USD 12")];
    assert_eq!(kinds, expected);
    assert_eq!((found[0].message_index, found[0].start, found[0].end), (Some(0), 6, 13));
}

/// One category for two labels of the model.
const MEANT: &str = "schema = 1\nlabels = \"own\"\n\n[[category]]\nid = \"money\"\n\
                     model_labels = [\"returns.refund\", \"billing.payment\"]\n\n\
                     [[category]]\nid = \"other\"\n";

#[tokio::test]
async fn reasons_are_given_for_the_category_that_was_judged() {
    let harness = Harness::with(MODEL).await;
    let about_category = async |text: &str| {
        let explained = harness.explained(text).await.explanations;
        explained.into_iter().find(|it| it.head == "category")
    };
    let text = "my refund has not arrived after ten days";
    assert_eq!(about_category(text).await.expect("judged").label, "returns.refund");
    harness.apply_own().await;
    assert_eq!(about_category(text).await, None, "these categories mean nothing to the model");
    let request = pb::ApplyRequest { source: MEANT.to_owned(), ..pb::ApplyRequest::default() };
    harness.policies().apply(request).await.expect("the policy is taken");
    assert_eq!(category(&harness.judged(text).await), "money");
    let told = about_category(text).await.expect("judged");
    assert_eq!((told.label.as_str(), told.rival.as_str()), ("money", "other"));
    assert!(told.reasons.iter().any(|it| it.phrase.contains("refund")), "{told:?}");
}

#[tokio::test]
async fn a_head_of_ones_own_judges_what_it_learnt_in_whatever_language() {
    let harness = Harness::with(MODEL).await;
    harness.apply_own().await;
    let example = |(text, category): &(&str, &str)| pb::HeadExample {
        text: (*text).to_owned(),
        category: (*category).to_owned(),
    };
    let examples = [
        ("вайфай в офисе снова не работает", "it.wifi"),
        ("нет вайфая на третьем этаже", "it.wifi"),
        ("ноутбук не видит вайфай", "it.wifi"),
        ("зарплата не пришла", "hr.pay"),
        ("ошибка в расчёте зарплаты", "hr.pay"),
        ("когда в этом месяце зарплата", "hr.pay"),
    ];
    harness.fit(examples.iter().map(example).collect()).await.expect("a head");
    let mode = async |text: &str| {
        let judged = harness.judged(text).await.category.expect("a category");
        (judged.label.clone(), judged.abstain_reason())
    };
    let (label, reason) = mode("вайфай в офисе не работает").await;
    assert_eq!(label, "it.wifi");
    assert_ne!(reason, pb::AbstainReason::UnknownLanguage);
    assert_ne!(reason, pb::AbstainReason::OutOfScope);
    let (_, reason) = mode("погода сегодня прекрасная").await;
    assert_eq!(reason, pb::AbstainReason::OutOfScope);
}
