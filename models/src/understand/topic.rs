//! What a ticket is about: its category, and the group of categories.

use switchyard_domain::assessment::{AbstainReason, Judged, Mode};
use switchyard_domain::ids::{CategoryId, GroupId};

use super::judge::{judged, known, unjudged};
use super::meanings::Meant;
use super::{Categories, Meanings, Understanding};
use crate::bundle::{HeadName, HeadSpec};
use crate::calibrate::Thresholds;
use crate::classifier::Workspace;
use crate::groups::Groups;
use crate::own::OwnHead;
use crate::text::Known;

/// A category and its group.
pub(super) struct Topic {
    pub(super) category: Judged<CategoryId>,
    /// `None` where nobody judged.
    pub(super) group: Option<Judged<GroupId>>,
}

impl Topic {
    /// What the caller stated.
    pub(super) fn stated(category: CategoryId) -> Self {
        Self { group: Some(known(category.group())), category: known(category) }
    }

    /// A category with the sums of its rivals' groups.
    ///
    /// A category that may be acted on has a group that may be: it is at least as likely.
    fn of(category: Judged<CategoryId>, mut group: Judged<GroupId>) -> Self {
        if category.mode == Mode::Auto && category.value.group() == group.value {
            group.mode = Mode::Auto;
        }
        Self { category, group: Some(group) }
    }
}

impl Understanding {
    pub(super) fn topic(
        &self,
        work: &Workspace,
        silence: Option<AbstainReason>,
        facts: &Known,
        categories: Categories<'_>,
    ) -> Topic {
        if let Some(stated) = &facts.category {
            return Topic::stated(stated.clone());
        }
        let is_empty = work.cleaned.is_nearly_empty();
        if let Some(reason) = silence.filter(|_| is_empty) {
            return Topic { category: unjudged(self.fallback.clone(), reason), group: None };
        }
        // What is out of the bundle's categories may well be in somebody's own.
        let is_strange = categories.own().is_none() && self.classifier.is_out_of_scope(work);
        let silence = silence.or(is_strange.then_some(AbstainReason::OutOfScope));
        match categories {
            Categories::Model => self.topic_of_model(work, silence),
            Categories::Meant(meanings) => self.topic_meant(work, silence, meanings),
            Categories::Own(head) => self.topic_of_own(work, silence, head),
        }
    }

    fn topic_of_model(&self, work: &Workspace, silence: Option<AbstainReason>) -> Topic {
        let category = self.judge(HeadName::Category, &self.labels.categories, work, silence);
        let probabilities = self.classifier.probabilities(HeadName::Category, work);
        let silence = silence.or(self.strangeness_of(work));
        let Some(spec) = self.classifier.head(HeadName::Category) else {
            return Topic { category, group: None };
        };
        let group = grouped(&self.labels.groups, probabilities, silence, spec.of_groups());
        Topic::of(category, group)
    }

    fn topic_of_own(
        &self,
        work: &Workspace,
        silence: Option<AbstainReason>,
        head: &OwnHead,
    ) -> Topic {
        // It may have learnt any language, and words that the bundle never saw.
        let silence = silence.filter(|reason| *reason != AbstainReason::UnknownLanguage);
        let is_strange = work.own.known_share() < self.known_share_min;
        let silence = silence.or(self.strangeness_of(work).filter(|_| is_strange));
        let probabilities = work.own.probabilities();
        let category = judged(head.categories(), probabilities, |_, p| match silence {
            Some(reason) => Mode::Abstain(reason),
            None => head.mode_of(p),
        });
        let group = grouped(head.groups(), probabilities, silence, head.spec().of_groups());
        Topic::of(category, group)
    }

    fn topic_meant(
        &self,
        work: &Workspace,
        silence: Option<AbstainReason>,
        meanings: &Meanings,
    ) -> Topic {
        let probabilities = self.classifier.probabilities(HeadName::Category, work);
        let meant = Meant::of(&self.labels.categories, probabilities, meanings, &self.fallback);
        let silence = silence.or(meant.is_none_of_them().then_some(AbstainReason::OutOfScope));
        // A category that several labels mean has no threshold of its own.
        let pooled = |spec: &HeadSpec, _, p| spec.thresholds.mode_of(p);
        let (values, probabilities) = (&meant.categories, &meant.probabilities);
        let category =
            self.judge_as(HeadName::Category, values, probabilities, work, silence, pooled);
        let Some(spec) = self.classifier.head(HeadName::Category) else {
            return Topic { category, group: None };
        };
        let silence = silence.or(self.strangeness_of(work));
        let groups = Groups::of(values);
        // Nor has a group of theirs: what holds for a category holds for it.
        Topic::of(category, grouped(&groups, probabilities, silence, spec.thresholds))
    }
}

/// The groups with the sums of their categories' probabilities.
fn grouped(
    groups: &Groups,
    probabilities: &[f32],
    silence: Option<AbstainReason>,
    thresholds: Thresholds,
) -> Judged<GroupId> {
    let mode = |_, p| silence.map_or_else(|| thresholds.mode_of(p), Mode::Abstain);
    judged(groups.names(), &groups.sums(probabilities), mode)
}
