//! Sentences of tickets against what they name.

use proptest::prelude::*;

use super::EntityKind::*;
use super::*;

#[track_caller]
fn check(text: &str, expected: &[(EntityKind, &str, &str)]) {
    let found = find(text);
    let found: Vec<_> =
        found.iter().map(|it| (it.kind, &text[it.span.clone()], it.value.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn orders_are_announced() {
    check("订单号：DD88231 没到", &[(OrderNumber, "DD88231", "DD88231")]);
    check(
        "訂單編號 ２０２６１１０３００１",
        &[(OrderNumber, "２０２６１１０３００１", "20261103001")],
    );
    check("my order number is so-88231-a.", &[(OrderNumber, "so-88231-a", "SO-88231-A")]);
    check("Order #4471, where?", &[(OrderNumber, "4471", "4471")]);
    check("order 20261103001 is late", &[(OrderNumber, "20261103001", "20261103001")]);
    check("about #88231", &[(OrderNumber, "88231", "88231")]);
    check("ORD-5519 is wrong", &[(OrderNumber, "ORD-5519", "ORD-5519")]);
    check("I want to order 1500 pieces and reorder 88231", &[]);
}

#[test]
fn parcels_are_announced_or_carry_their_carrier() {
    check("快递单号：773012345678901", &[(TrackingNumber, "773012345678901", "773012345678901")]);
    check("运单SF1234567890123到哪了", &[(TrackingNumber, "SF1234567890123", "SF1234567890123")]);
    check("sf1234567890123", &[(TrackingNumber, "sf1234567890123", "SF1234567890123")]);
    check(
        "tracking no. 1Z999AA10123456784",
        &[(TrackingNumber, "1Z999AA10123456784", "1Z999AA10123456784")],
    );
    check("parcel EE123456785CN", &[(TrackingNumber, "EE123456785CN", "EE123456785CN")]);
}

#[test]
fn devices_have_serial_numbers_and_model_codes() {
    check("SN: 5CG1234XYZ", &[(SerialNumber, "5CG1234XYZ", "5CG1234XYZ")]);
    check("序列号是AB12345", &[(SerialNumber, "AB12345", "AB12345")]);
    check(
        "my XR-200 and the WH-1000XM5",
        &[(ModelCode, "XR-200", "XR-200"), (ModelCode, "WH-1000XM5", "WH-1000XM5")],
    );
    check("显卡RTX4090坏了", &[(ModelCode, "RTX4090", "RTX4090")]);
    check("USB-C, A4, 5G, MP3, iPhone15, T-shirt, 1080p", &[]);
}

#[test]
fn telephones_are_told_by_their_groups() {
    check("打13800138000", &[(Phone, "13800138000", "13800138000")]);
    check(
        "138 0013 8000或+86 138-0013-8000",
        &[(Phone, "138 0013 8000", "13800138000"), (Phone, "+86 138-0013-8000", "+8613800138000")],
    );
    check(
        "座机010-88886666，400-123-4567",
        &[(Phone, "010-88886666", "01088886666"), (Phone, "400-123-4567", "4001234567")],
    );
    check(
        "call (415) 555-0132 or +44 20 7946 0958",
        &[(Phone, "415) 555-0132", "4155550132"), (Phone, "+44 20 7946 0958", "+442079460958")],
    );
    check("电话：88886666", &[(Phone, "88886666", "88886666")]);
    check("88886666 or 03-11-2026 10 or 12345678901", &[]);
}

#[test]
fn a_mobile_after_the_bare_word_order_is_a_telephone() {
    check("订单13800138000下的", &[(Phone, "13800138000", "13800138000")]);
}

#[test]
fn cards_and_ids_pass_their_checks() {
    check(
        "卡号6222 0212 3456 7890 128",
        &[(BankCard, "6222 0212 3456 7890 128", "6222021234567890128")],
    );
    check("card 4111 1111 1111 1111", &[(BankCard, "4111 1111 1111 1111", "4111111111111111")]);
    check("4111111111111112", &[(OrderNumber, "4111111111111112", "4111111111111112")]);
    check("身份证11010519491231002X", &[(ResidentId, "11010519491231002X", "11010519491231002X")]);
    check("身份证110105194912310021", &[(OrderNumber, "110105194912310021", "110105194912310021")]);
}

#[test]
fn mail_addresses_are_taken_without_the_sentence_around() {
    check(
        "写信到Wang.Fang@Example.com.cn。",
        &[(Email, "Wang.Fang@Example.com.cn", "wang.fang@example.com.cn")],
    );
    check("mail <a+b@example.org>.", &[(Email, "a+b@example.org", "a+b@example.org")]);
    check("@home, a@b, x@y.1, @@", &[]);
}

#[test]
fn amounts_need_a_currency() {
    check("退我￥1,299.50", &[(Amount, "￥1,299.50", "CNY 1299.50")]);
    check("花了３００元和50块钱", &[(Amount, "３００元", "CNY 300"), (Amount, "50块", "CNY 50")]);
    check(
        "$20 or US$ 30 or 40 EUR or £5",
        &[
            (Amount, "$20", "USD 20"),
            (Amount, "US$ 30", "USD 30"),
            (Amount, "40 EUR", "EUR 40"),
            (Amount, "£5", "GBP 5"),
        ],
    );
    check("RMB100", &[(Amount, "RMB100", "CNY 100")]);
    check("订单：5000元", &[(Amount, "5000元", "CNY 5000")]);
    check("3块电池, 5 europeans, 20", &[]);
}

#[test]
fn dates_and_times_have_one_spelling() {
    check(
        "2026-11-03 10:11:12",
        &[(Date, "2026-11-03", "2026-11-03"), (Time, "10:11:12", "10:11")],
    );
    check(
        "2026年11月3日，11月4号",
        &[(Date, "2026年11月3日", "2026-11-03"), (Date, "11月4号", "--11-04")],
    );
    check(
        "on 3 Nov 2026, by November 5th, 1st of May",
        &[
            (Date, "3 Nov 2026", "2026-11-03"),
            (Date, "November 5th", "--11-05"),
            (Date, "1st of May", "--05-01"),
        ],
    );
    check("2026-13-40, 25:99, I may 5 times, 3 months", &[]);
}

#[test]
fn cities_are_known_in_both_languages() {
    check("从上海寄到臺北", &[(City, "上海", "Shanghai"), (City, "臺北", "Taipei")]);
    check(
        "from New York to Hong Kong",
        &[(City, "New York", "New York"), (City, "Hong Kong", "Hong Kong")],
    );
    check("长沙发货", &[(City, "长沙", "Changsha")]);
    check("一张长沙发, 南京路, Parisian, Romeo", &[]);
}

#[test]
fn houses_have_numbers_in_their_streets() {
    check(
        "人民路12号3单元401室",
        &[(HouseNumber, "12", "12"), (HouseNumber, "3", "3"), (HouseNumber, "401", "401")],
    );
    check("12 Baker Street", &[(HouseNumber, "12", "12")]);
    check("3号, 12 Red Apples, 1号楼", &[]);
}

#[test]
fn several_things_in_one_text_come_in_order() {
    let kinds: Vec<_> =
        find("11月3日在深圳用XR-200，订单DD88231，花了99元，电话13800138000，邮箱a@b.com")
            .into_iter()
            .map(|it| it.kind)
            .collect();
    assert_eq!(kinds, [Date, City, ModelCode, OrderNumber, Amount, Phone, Email]);
}

fn assert_sound(text: &str) {
    let mut end = 0;
    for it in find(text) {
        assert!(it.span.start >= end && it.span.end > it.span.start, "{text:?}: {it:?}");
        assert!(text.is_char_boundary(it.span.start), "{text:?}: {it:?}");
        assert!(text.is_char_boundary(it.span.end), "{text:?}: {it:?}");
        assert!(!it.value.is_empty(), "{text:?}: {it:?}");
        end = it.span.end;
    }
}

proptest! {
    #[test]
    fn spans_lie_on_boundaries_and_apart(
        any in any::<String>(),
        close in "[0-9０-９ ()+.,:/#@-aXSFJunSt元块月日号路年订单￥$]{0,60}",
    ) {
        assert_sound(&any);
        assert_sound(&close);
    }

    #[test]
    fn a_mobile_is_found_wherever_it_stands(before in "[退货我的 ，]{0,8}", tail in "[3-9][0-9]{9}") {
        let text = format!("{before}1{tail}，谢谢");
        let found = find(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].kind, Phone);
    }
}
