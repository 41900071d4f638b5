//! Whether a line below a closing formula may be who signs: a person, a firm, a position.
//!
//! Four characters below a `谢谢` are as often what is wrong (`屏幕碎了`) as who writes, so a Chinese
//! name has to begin as names do and to have nothing in it that names have not.

use crate::clean::han::is_han;

/// A surname of one character is followed by one or two, one of two by as many.
const GIVEN_HAN_MAX: usize = 2;
/// Beside a name or a firm, on the same line.
const PART_HAN_MAX: usize = 10;
const LINE_HAN_MAX: usize = 20;
/// Names, positions and firms in Latin script have at most this many words.
const NAME_WORDS_MAX: usize = 6;

/// The commonest surnames, those left out that begin words as often.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关焦俞左柳甘祝包宁符舒阮柯纪梅童凌毕季裴霍涂苗谷盛曲翁冉骆蓝游辛靳柴鲍喻祁蒲滕屈饶牟艾尤穆卓缪项芦褚娄窦戚岑景宫费卜晏席米柏瞿桂佟臧闵苟邬卞姬仇栾隋刁巫寇桑郎甄丛虞敖佘麻邝";
const DOUBLE_SURNAMES: [&str; 8] = ["欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "慕容"];
/// Before one or two characters of a name, among people who know each other.
const FAMILIAR: &str = "小阿老";
/// What no name has.
const NO_NAME: &str =
    "了的不没到坏碎退换货款吗呢吧啊啦快急还要给我你它这那是有在就都也被把么丢少错";
/// How names of firms, departments and positions end.
const FIRMS: [&str; 13] = [
    "公司", "集团", "部", "店", "中心", "科技", "学校", "大学", "医院", "经理", "先生", "女士",
    "小姐",
];
/// Characters that begin a wish rather than a name.
const WISHES: &str = "请麻我退换帮快要急尽望盼还没为什怎你您不订能可再就是有已";
/// Words that begin a wish rather than a name.
const WISH_WORDS: [&str; 22] = [
    "please", "refund", "cancel", "call", "send", "help", "where", "when", "why", "what", "how",
    "i", "my", "we", "urgent", "order", "return", "fix", "stop", "no", "not", "still",
];
/// Small words inside names of firms and positions.
const CONNECTIVES: [&str; 9] = ["of", "and", "the", "for", "de", "van", "von", "at", "to"];

/// Whether a line, in simplified script, may be who signs.
pub(super) fn is_name(line: &str) -> bool {
    if line.chars().any(is_han) { is_han_name(line) } else { is_latin_name(line) }
}

/// A name, a firm, or one of them with what belongs to it: a town, a department.
fn is_han_name(line: &str) -> bool {
    let parts = || line.split_whitespace();
    let belongs = |part: &str| n_han(part) <= PART_HAN_MAX && !part.contains(is_no_name);
    n_han(line) <= LINE_HAN_MAX
        && !line.starts_with(|c| WISHES.contains(c))
        && !line.contains(['，', '。', '！', '；', ',', '!'])
        && parts().any(|part| is_person(part) || is_firm(part))
        && parts().all(|part| is_firm(part) || belongs(part))
}

fn is_person(part: &str) -> bool {
    let is_double = DOUBLE_SURNAMES.iter().any(|it| part.starts_with(it));
    let n_surname = if is_double { 2 } else { 1 };
    let is_begun = is_double || part.starts_with(|c| SURNAMES.contains(c) || FAMILIAR.contains(c));
    let n_given = n_han(part).saturating_sub(n_surname);
    is_begun && (1..=GIVEN_HAN_MAX).contains(&n_given) && !part.contains(is_no_name)
}

fn is_firm(part: &str) -> bool {
    FIRMS.iter().any(|end| part.ends_with(end)) && !part.ends_with("全部")
}

fn is_no_name(c: char) -> bool {
    NO_NAME.contains(c)
}

fn n_han(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

/// A name, firm or position in Latin script.
pub(super) fn is_latin_name(line: &str) -> bool {
    let words = || line.split([' ', ',', '|', '/']).filter(|word| !word.is_empty());
    let is_of_name = |word: &str| {
        word.starts_with(|c: char| !c.is_alphabetic() || c.is_uppercase())
            || CONNECTIVES.contains(&word)
            || is_abbreviation(word)
    };
    let is_wish = |word: &str| WISH_WORDS.iter().any(|wish| wish.eq_ignore_ascii_case(word));
    !line.contains('!')
        && (1..=NAME_WORDS_MAX).contains(&words().count())
        && line.starts_with(char::is_alphabetic)
        && !words().next().is_some_and(is_wish)
        && words().all(is_of_name)
}

/// `v.`, `s.r.o.`, but not a word that ends a sentence.
fn is_abbreviation(word: &str) -> bool {
    word.split_terminator('.').all(|part| part.len() == 1) && word.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signs_is_told_from_what_is_wrong() {
        for name in
            ["王芳", "欧阳小明", "小李", "苏州示例轴承 王芳", "采购部 李工", "示例科技有限公司"]
        {
            assert!(is_name(name), "{name}");
        }
        for text in ["屏幕碎了", "全部都是坏的", "钱没到账", "一直断线", "颜色错了", "在你们店买的"]
        {
            assert!(!is_name(text), "{text}");
        }
    }
}
