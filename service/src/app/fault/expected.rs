//! What a field may hold, in Chinese and English: the words after "expected" and 应为.

use switchyard_domain::ids::{CategoryId, TicketId};
use switchyard_domain::time::Timestamp;

use crate::lang::Lang;

/// What can be taken for a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// An id.
    Id,
    /// An id of at most so many bytes.
    IdWithin(usize),
    /// An id of characters that ids may have.
    IdWithoutSpace,
    /// A value that is there for the first time.
    Once,
    /// A whole number between two, both among them.
    Number {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A weight of a preference.
    Weight {
        /// The most.
        most: f64,
    },
    /// An amount of work in units.
    Load {
        /// The most.
        most: f64,
    },
    /// A number that is neither infinite nor none at all.
    FiniteNumber,
    /// The same, and not below zero.
    FiniteAmount,
    /// A text of at most so many bytes.
    BytesWithin(usize),
    /// Subject, messages and attachments of at most so many bytes together.
    TextWithin(usize),
    /// A list of at most so many items.
    ItemsWithin(usize),
    /// A value of an enum.
    KnownChoice,
    /// An instant.
    Instant,
    /// An instant of the calendar.
    InstantOfCalendar,
    /// An instant from the ticket's opening to now.
    InstantBetween {
        /// The opening.
        opened: Timestamp,
        /// Now.
        now: Timestamp,
    },
    /// An end after its start.
    EndAfter(Timestamp),
    /// A date.
    Date,
    /// A time of day.
    TimeOfDay,
    /// A start that is not the end of the day.
    StartBeforeMidnight,
    /// Two ends that differ.
    StartUnlikeEnd,
    /// A day of the week.
    Weekday,
    /// A time zone.
    TimeZone,
    /// A language's tag.
    LanguageTag,
    /// Coordinates.
    Place,
    /// A ticket.
    Ticket,
    /// What happened to a ticket.
    Activity,
    /// What a ticket waits for.
    HoldReason,
    /// A category of the policy in force.
    PolicyCategory,
    /// A team of the roster.
    RosterTeam,
    /// A token of an earlier page.
    PageToken,
    /// An actor who is a person.
    Person,
    /// The ticket that is reported on.
    TicketReportedOn(TicketId),
    /// Another ticket than the one reported on.
    OtherTicketThan(TicketId),
    /// Why a ticket is given back.
    DeclineReason,
    /// A kind of event.
    EventKind,
    /// The later end of a range of ids.
    IdAfter(String),
    /// One of these fields.
    FieldOf(&'static [&'static str]),
    /// A request.
    Request,
    /// What an item of knowledge is.
    ItemKind,
    /// An item of knowledge.
    Item,
    /// Examples of two categories or more.
    ExamplesOfTwo,
    /// Examples of at most so many categories.
    CategoriesWithin(usize),
    /// Two examples of this category or more.
    TwoExamplesOf(CategoryId),
    /// The category that another example has with the same text.
    CategoryOfExample {
        /// Its place.
        first: usize,
        /// What it has.
        category: CategoryId,
    },
    /// A text with words of its own.
    WordsOfOwn,
    /// A title, a subject or a text.
    TitleOrText,
    /// This place in what is imported.
    Index(u64),
}

impl Expected {
    /// What is expected, in a language.
    pub fn named(&self, lang: Lang) -> String {
        let (zh, en) = self.words();
        lang.pick(&zh, &en).to_owned()
    }

    /// In Chinese and English, side by side.
    #[expect(clippy::too_many_lines, reason = "a row for each value, as in a table")]
    fn words(&self) -> (String, String) {
        match self {
            Self::Id => pair("编号", "an id"),
            Self::IdWithin(most) => {
                (format!("不超过 {most} 字节的编号"), format!("an id of at most {most} bytes"))
            }
            Self::IdWithoutSpace => {
                pair("不含空白和控制字符的编号", "an id without white space or control characters")
            }
            Self::Once => pair("每个只出现一次", "each one once"),
            Self::Number { least, most } => {
                (format!(" {least} 到 {most} 的整数"), format!("a number from {least} to {most}"))
            }
            Self::Weight { most } => {
                (format!(" 0 到 {most} 的权重"), format!("a weight from 0 to {most}"))
            }
            Self::Load { most } => {
                (format!(" 0 到 {most} 的工作量"), format!("units of work from 0 to {most}"))
            }
            Self::FiniteNumber => pair("有限的数", "a finite number"),
            Self::FiniteAmount => pair("不小于 0 的有限数", "a finite number of 0 or more"),
            Self::BytesWithin(most) => {
                (format!("不超过 {most} 字节"), format!("at most {most} bytes"))
            }
            Self::TextWithin(most) => {
                (format!("合计不超过 {most} 字节的文本"), format!("at most {most} bytes of text"))
            }
            Self::ItemsWithin(most) => {
                (format!("不超过 {most} 项"), format!("at most {most} items"))
            }
            Self::KnownChoice => {
                pair("本版契约已有的取值", "a value that this version of the contract has")
            }
            Self::Instant => pair("时刻", "an instant"),
            Self::InstantOfCalendar => {
                pair("公元 1 年至 9998 年间的时刻", "an instant of the years 1 to 9998")
            }
            Self::InstantBetween { opened, now } => (
                format!("工单打开时刻 {opened} 到现在 {now} 之间的时刻"),
                format!("an instant from the opening {opened} to now {now}"),
            ),
            Self::EndAfter(start) => (
                format!("晚于开始时刻 {start} 的结束时刻"),
                format!("an end after the start {start}"),
            ),
            Self::Date => pair("形如 2026-10-01 的日期", "a date such as 2026-10-01"),
            Self::TimeOfDay => pair(
                " 00:00 到 24:00 之间形如 09:30 的时间",
                "a time of day from 00:00 to 24:00 such as 09:30",
            ),
            Self::StartBeforeMidnight => pair("早于 24:00 的开始时间", "a start before 24:00"),
            Self::StartUnlikeEnd => {
                pair("互不相同的开始与结束时间", "a start and an end that differ")
            }
            Self::Weekday => pair(
                " mon、tue、wed、thu、fri、sat、sun 之一",
                "one of mon, tue, wed, thu, fri, sat, sun",
            ),
            Self::TimeZone => {
                pair("形如 Asia/Shanghai 的 IANA 时区", "an IANA time zone such as Asia/Shanghai")
            }
            Self::LanguageTag => pair(
                "形如 zh-Hans、zh-TW 或 en 的 BCP 47 语言标签",
                "a BCP 47 tag such as zh-Hans, zh-TW or en",
            ),
            Self::Place => pair(
                " -90 到 90 的纬度和 -180 到 180 的经度",
                "a latitude in -90..=90 and a longitude in -180..=180",
            ),
            Self::Ticket => pair("工单", "a ticket"),
            Self::Activity => pair("发生了什么", "what happened"),
            Self::HoldReason => pair("工单在等什么", "what the ticket waits for"),
            Self::PolicyCategory => pair("现行策略中的类别", "a category of the policy in force"),
            Self::RosterTeam => pair("名册中的团队", "a team of the roster"),
            Self::PageToken => pair("此前某页给出的令牌", "a token of an earlier page"),
            Self::Person => pair(" KIND_PERSON", "KIND_PERSON"),
            Self::TicketReportedOn(id) => {
                (format!("所上报的工单 {id}"), format!("the ticket {id} that is reported on"))
            }
            Self::OtherTicketThan(id) => {
                (format!("{id} 之外的另一张工单"), format!("another ticket than {id}"))
            }
            Self::DeclineReason => pair("退回工单的原因", "why the ticket is given back"),
            Self::EventKind => pair("事件类型", "a kind of event"),
            Self::IdAfter(id) => (format!("排在 {id:?} 之后的编号"), format!("an id after {id:?}")),
            Self::FieldOf(names) => {
                let names = names.join(", ");
                (format!("以下字段之一：{names}"), format!("one of the fields {names}"))
            }
            Self::ItemKind => pair("条目类型", "the kind of an item"),
            Self::Item => pair("知识条目", "an item of knowledge"),
            Self::ExamplesOfTwo => {
                pair("至少两个类别的示例", "examples of at least two categories")
            }
            Self::CategoriesWithin(most) => (
                format!("最多 {most} 个类别的示例"),
                format!("examples of at most {most} categories"),
            ),
            Self::TwoExamplesOf(category) => (
                format!("类别 {category} 至少两条文字不同的示例"),
                format!("at least two examples of {category} with different texts"),
            ),
            Self::CategoryOfExample { first, category } => (
                format!("与文字相同的 examples[{first}] 一致的 {category}"),
                format!("{category} as for examples[{first}], which has the same text"),
            ),
            Self::WordsOfOwn => {
                pair("清洗后仍有文字的文本", "a text of which words are left after cleaning")
            }
            Self::TitleOrText => pair("标题或正文", "a title or a text"),
            Self::Index(next) => (format!("序号 {next}"), format!("the index {next}")),
            Self::Request => pair("请求", "a request"),
        }
    }
}

fn pair(zh: &str, en: &str) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}
