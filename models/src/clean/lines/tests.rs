//! Whole mails, as programs write them, against the lines that are the customer's own.

use super::*;

fn check(text: &str, expected: &str) {
    let mut out = String::new();
    keep_own(text, &mut out);
    assert_eq!(out.trim(), expected, "{text}");
}

#[test]
fn quoted_replies_go() {
    check("Still broken.\n> have you tried\n> restarting", "Still broken.");
    check("Any news?\nOn 3 May, Ann wrote:\nhello", "Any news?");
    check("还没到\n在 5月3日，客服 写道：\n您好", "还没到");
    check("please help\n-----Original Message-----\nFrom: x", "please help");
    check("在吗\n发件人：客服\n您好", "在吗");
}

#[test]
fn outlooks_headers_introduce_a_quote() {
    check(
        "It still fails.\n\n________________________________\nFrom: Care <care@example.com>\n\
         Sent: Tuesday, 3 November 2026 10:11\nTo: Ann\nSubject: RE: case\n\nTry again",
        "It still fails.",
    );
    check("It fails.\n\n*From:* Care\n*Sent:* Tuesday\n*To:* Ann\n\nTry", "It fails.");
    check(
        "还是不行\n\n发件人: 客服\n发送时间: 2026年11月3日 10:11\n收件人: 王芳\n主题: 答复\n\n请重启",
        "还是不行",
    );
    check("还是不行\n-----原始邮件-----\n发件人: 客服\n请重启", "还是不行");
    check(
        "還是不行\n\n寄件者: 客服\n寄件日期: 2026年\n收件者: 王\n主旨: 回覆\n\n請重啟",
        "還是不行",
    );
}

#[test]
fn gmails_and_apples_sentences_introduce_a_quote() {
    check(
        "No parcel yet.\n\nOn Tue, 3 Nov 2026 at 10:11, Customer Care <care@example.com>\nwrote:\n\n> hello",
        "No parcel yet.",
    );
    check(
        "No parcel.\nOn Nov 3, 2026, at 10:11 AM, Care <c@example.com> wrote:\n\nhi",
        "No parcel.",
    );
    check("没到。\n在 2026年11月3日周二 10:11，客服 <care@example.com> 写道：\n您好", "没到。");
    check("没到。\n客服 <care@example.com> 于2026年11月3日周二 10:11写道：\n您好", "没到。");
    check(
        "没到。\n在 2026年11月3日，上午10:11，客服 <care@example.com>\n写道：\n\n> 您好",
        "没到。",
    );
}

#[test]
fn qqs_foxmails_and_neteases_forms_introduce_a_quote() {
    check(
        "怎么还没退\n\n\n------------------ 原始邮件 ------------------\n发件人: \"客服\";\n发送时间: 2026年\n主题: 回复\n\n您好",
        "怎么还没退",
    );
    check(
        "not yet\n------------------ Original ------------------\nFrom: \"Care\";\nhi",
        "not yet",
    );
    check("没退\n\n发件人: 客服;发送日期: 2026年11月3日;收件人: 王芳;主题: 回复\n\n您好", "没退");
    check(
        "没退\n\n\n发件人： 客服\n发送时间： 2026-11-03 10:11\n收件人： 王芳\n主题： 回复\n您好",
        "没退",
    );
    check("没退\n\n在 2026-11-03 10:11:12，\"客服\" <care@example.com> 写道：\n\n您好", "没退");
    check("no\nAt 2026-11-03 10:11:12, \"Care\" <care@example.com> wrote:\nhi", "no");
    check("没退\n---- 回复的原邮件 ----\n发件人 客服\n您好", "没退");
}

#[test]
fn answers_between_quoted_lines_are_the_writers() {
    check(
        "On 3 May 2026, Care <c@example.com> wrote:\n> Which order?\nOrder 88\n> Which colour?\nThe red one",
        "Order 88\nThe red one",
    );
    check(
        "见下面回答\n在 5月3日，客服 写道：\n> 订单号？\n8899\n> 颜色？\n红色",
        "见下面回答\n8899\n红色",
    );
}

#[test]
fn a_text_passed_on_without_a_word_is_the_request() {
    let forwarded = "---------- Forwarded message ---------\nFrom: Bo <bo@example.com>\n\
        Date: Tue, 3 Nov 2026\nSubject: kettle\nTo: <care@example.com>\n\nMy kettle leaks.";
    check(forwarded, "My kettle leaks.");
    check(&format!("\n{forwarded}"), "My kettle leaks.");
    check(&format!("FYI\n\n{forwarded}"), "My kettle leaks.");
    check(&format!("email:\n{forwarded}"), "My kettle leaks.");
    check(&format!("Sent from my iPhone\n\n{forwarded}"), "My kettle leaks.");
    check(&format!("Best regards,\nAnn Lee\n\n{forwarded}"), "My kettle leaks.");
    check(&format!("And mine too.\n\n{forwarded}"), "And mine too.");
    check("Begin forwarded message:\n\nFrom: Bo\nSubject: x\nDate: 3 Nov\n\nIt leaks", "It leaks");
    check(
        "-------- 转发邮件信息 --------\n发件人：王芳\n发送日期：2026-11-03\n\n水壶漏水",
        "水壶漏水",
    );
}

#[test]
fn a_passed_on_conversation_ends_at_its_own_quote() {
    check(
        "-----转发邮件-----\n发件人：王\n主题：x\n\n水壶漏水\n-----原始邮件-----\n发件人：客服\n您好",
        "水壶漏水",
    );
}

#[test]
fn a_text_of_quotes_alone_is_kept() {
    check("> where is it\n> please", "> where is it\n> please");
    check("On 3 May, Ann wrote:\n> where is it", "On 3 May, Ann wrote:\n> where is it");
}

#[test]
fn words_that_only_look_like_a_quote_stay() {
    for text in [
        "From: Beijing\nTo: Shanghai\nhow long does it take?",
        "发件人：张三\n收件人：李四\n一直没有更新",
        "店家在评论里写道：\n“不退”，我要投诉",
        "the seller wrote:\nno refunds, I want one",
        "--- urgent ---\nno power",
        "__________\nplease",
        "From: is missing\nhelp",
        "Subject: late\nwhere is it",
    ] {
        check(text, text);
    }
}

#[test]
fn signatures_go() {
    check("My VPN is down.\n\nBest regards,\nAnn Lee\nFinance", "My VPN is down.");
    check("没收到货\n此致\n敬礼\n王芳", "没收到货");
    check("broken again\n-- \nBob", "broken again");
    check("broken again\nKind regards\nAnn\n-- \nExample Ltd", "broken again");
    check("not here yet\nSent from my iPhone", "not here yet");
    check("it leaks\nThanks, Ann", "it leaks");
    check("it leaks\nBest,\nHugo v. d. M.\nExample s.r.o.", "it leaks");
    check("漏水\n顺祝商祺\n苏州示例轴承 王芳", "漏水");
    check("漏水了\n謝謝\n陳先生", "漏水了");
    check("漏水\n\n陳芳\n電話：010-88888888", "漏水");
    check(
        "It leaks.\n\nKind regards\n\nAnn Lee\nHead of Sales, Example Ltd.\nTel: +44 20 7946 0958\nann@example.com\nwww.example.com",
        "It leaks.",
    );
    check(
        "漏水\n\n祝好！\n王芳\n示例科技有限公司\n电话：010-88888888\n地址：北京市某路1号\n2026年11月3日",
        "漏水",
    );
    check("漏水\n\n王芳\n示例科技有限公司\n手机：13800000000", "漏水");
}

#[test]
fn lines_of_devices_go() {
    for line in [
        "Sent from my iPhone",
        "Sent from Mail for Windows",
        "Get Outlook for iOS",
        "发自我的iPhone",
        "发自我的小米手机",
        "来自QQ邮箱",
        "从我的 iPhone 发送",
        "发自网易邮箱大师",
        "网易邮箱大师",
        "\u{FEFF}Sent from my Galaxy",
    ] {
        check(&format!("not here yet\n\n{line}"), "not here yet");
    }
}

#[test]
fn notices_of_confidentiality_go() {
    check(
        "It leaks.\n\nThis e-mail and any attachments are confidential and\nmay be privileged.\n",
        "It leaks.",
    );
    check(
        "漏水了\n\n本邮件及其附件含有某公司的保密信息，仅限于发送给上面地址中列出的个人。",
        "漏水了",
    );
    check(
        "漏水了\n\n【免责声明】本邮件仅供指定收件人使用。\n\nThis email is intended for you.",
        "漏水了",
    );
    check("It leaks.\n\nPlease consider the environment before printing.", "It leaks.");
}

#[test]
fn a_closing_word_inside_a_text_cuts_nothing() {
    for text in [
        "Thanks\nbut the second parcel that you sent me last week never came to my door",
        "Thanks\nplease refund me",
        "Thanks\nIt is broken now.",
        "My order is late.\nThanks\nWhere is it?",
        "Thanks, but it leaks",
        "你好\n谢谢\n请退款",
        "你好\n谢谢\n屏幕碎了",
        "你好\n谢谢\n全部都是坏的",
        "Hi\nThanks\n請退款",
        "货到了，谢谢\n但是少了一件",
        "新地址如下：\n\n王芳\n电话：13800000000\n地址：北京市某路1号",
        "换个地址\n地址：北京市某路1号\n电话：13800000000",
        "从我的账户扣了两次钱\n请退",
        "this email is wrong\nfix it",
    ] {
        check(text, text);
    }
}

#[test]
fn a_mail_of_a_closing_alone_is_kept() {
    check("Thanks,\nAnn", "Thanks,\nAnn");
    check("\n此致\n敬礼", "此致\n敬礼");
}
