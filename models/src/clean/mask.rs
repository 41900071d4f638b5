//! Personal numbers out of a text that is stored, with what they were left in their place.
//!
//! Not a step of cleaning for features, which see digits by their number alone:
//! it runs over the text as written, before anything of it is kept for training.
//! Numbers of orders and parcels stay: they name a thing.

use crate::entities::{EntityKind, find};

/// The text with telephone numbers, addresses, cards and ids replaced by placeholders.
///
/// The same text gives the same, and masking twice is masking once.
///
/// # Example
///
/// ```
/// use switchyard_models::clean::masked;
///
/// assert_eq!(masked("订单DD88231，电话13800138000"), "订单DD88231，电话<phone>");
/// ```
pub fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for entity in find(text) {
        if let Some(placeholder) = placeholder(entity.kind) {
            out.push_str(&text[end..entity.span.start]);
            out.push_str(placeholder);
            end = entity.span.end;
        }
    }
    out.push_str(&text[end..]);
    out
}

/// What stands for a personal number; tags of no markup, so that cleaning keeps them.
fn placeholder(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Phone => Some("<phone>"),
        EntityKind::Email => Some("<email>"),
        EntityKind::BankCard => Some("<card>"),
        EntityKind::ResidentId => Some("<id>"),
        EntityKind::HouseNumber => Some("<house>"),
        EntityKind::OrderNumber
        | EntityKind::TrackingNumber
        | EntityKind::SerialNumber
        | EntityKind::ModelCode
        | EntityKind::Amount
        | EntityKind::Date
        | EntityKind::Time
        | EntityKind::City => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(masked(text), expected, "{text}");
    }

    #[test]
    fn personal_numbers_go() {
        check("打138 0013 8000或１３８００１３８０００", "打<phone>或<phone>");
        check("mail ann@example.com, +44 20 7946 0958", "mail <email>, <phone>");
        check("卡4111-1111-1111-1111", "卡<card>");
        check("身份证11010519491231002X，", "身份证<id>，");
        check("上海市人民路12号3单元401室", "上海市人民路<house>号<house>单元<house>室");
        check("I live at 12 Baker Street", "I live at <house> Baker Street");
    }

    #[test]
    fn numbers_of_things_stay() {
        for text in [
            "订单号：20261103001234567890",
            "运单SF1234567890123，退99元",
            "XR-200 of 2026-11-03 at 10:11",
            "我买了3个，等了12天",
            "",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn masking_twice_is_masking_once(text in "[0-9 ()+.,:@-aX订单号路￥]{0,60}", any in any::<String>()) {
            for text in [text, any] {
                let once = masked(&text);
                prop_assert_eq!(masked(&once), once);
            }
        }

        #[test]
        fn no_mobile_survives(before in "[退货,，。 ]{0,6}", tail in "[3-9][0-9]{9}", after in "[退货,，。 ]{0,6}") {
            prop_assert_eq!(masked(&format!("{before}1{tail}{after}")), format!("{before}<phone>{after}"));
        }
    }
}
