//! The larger cities of China and of the world, by their Chinese and English names.

use std::ops::Range;

use super::glyphs::Glyphs;
use super::{EntityKind, Found};
use crate::clean::han::is_han;

pub(super) fn find(glyphs: &Glyphs, found: &mut Vec<Found>) {
    let mut at = 0;
    while at < glyphs.len() {
        let here = city(glyphs, at);
        at = here.as_ref().map_or(at + 1, |it| it.chars.end);
        found.extend(here);
    }
}

fn city(glyphs: &Glyphs, at: usize) -> Option<Found> {
    let first = glyphs.at(at);
    let starts_word = first.is_ascii_uppercase() && !glyphs.before(at).is_alphanumeric();
    if !is_han(first) && !starts_word && !is_han(glyphs.before(at)) {
        return None;
    }
    CITIES.iter().find_map(|(chinese, english)| {
        let name = if is_han(first) { chinese } else { english };
        let chars = at..glyphs.after_word(at, name)?;
        let is_city = !is_of_street(glyphs, &chars) && !is_sofa(glyphs, &chars);
        is_city.then(|| Found { kind: EntityKind::City, chars, value: (*english).to_owned() })
    })
}

/// `南京路` is a street in other cities.
fn is_of_street(glyphs: &Glyphs, chars: &Range<usize>) -> bool {
    matches!(glyphs.at(chars.end), '路' | '街') || glyphs.after_word(chars.end, "大道").is_some()
}

/// `长沙发` is a long sofa, unless something is sent: `长沙发货`.
fn is_sofa(glyphs: &Glyphs, chars: &Range<usize>) -> bool {
    glyphs.after_word(chars.start, "长沙发").is_some()
        && !matches!(glyphs.at(chars.end + 1), '货' | '出' | '来' | '往' | '的')
}

/// Chinese names in simplified script, and English ones, which are the values.
const CITIES: [(&str, &str); 126] = [
    ("北京", "Beijing"),
    ("上海", "Shanghai"),
    ("天津", "Tianjin"),
    ("重庆", "Chongqing"),
    ("广州", "Guangzhou"),
    ("深圳", "Shenzhen"),
    ("成都", "Chengdu"),
    ("杭州", "Hangzhou"),
    ("武汉", "Wuhan"),
    ("西安", "Xi'an"),
    ("南京", "Nanjing"),
    ("苏州", "Suzhou"),
    ("郑州", "Zhengzhou"),
    ("长沙", "Changsha"),
    ("东莞", "Dongguan"),
    ("沈阳", "Shenyang"),
    ("青岛", "Qingdao"),
    ("合肥", "Hefei"),
    ("佛山", "Foshan"),
    ("宁波", "Ningbo"),
    ("昆明", "Kunming"),
    ("福州", "Fuzhou"),
    ("无锡", "Wuxi"),
    ("厦门", "Xiamen"),
    ("济南", "Jinan"),
    ("大连", "Dalian"),
    ("哈尔滨", "Harbin"),
    ("温州", "Wenzhou"),
    ("石家庄", "Shijiazhuang"),
    ("泉州", "Quanzhou"),
    ("南宁", "Nanning"),
    ("长春", "Changchun"),
    ("南昌", "Nanchang"),
    ("贵阳", "Guiyang"),
    ("金华", "Jinhua"),
    ("常州", "Changzhou"),
    ("嘉兴", "Jiaxing"),
    ("南通", "Nantong"),
    ("徐州", "Xuzhou"),
    ("太原", "Taiyuan"),
    ("珠海", "Zhuhai"),
    ("中山", "Zhongshan"),
    ("惠州", "Huizhou"),
    ("保定", "Baoding"),
    ("兰州", "Lanzhou"),
    ("台州", "Taizhou"),
    ("绍兴", "Shaoxing"),
    ("烟台", "Yantai"),
    ("廊坊", "Langfang"),
    ("洛阳", "Luoyang"),
    ("潍坊", "Weifang"),
    ("乌鲁木齐", "Urumqi"),
    ("呼和浩特", "Hohhot"),
    ("海口", "Haikou"),
    ("三亚", "Sanya"),
    ("银川", "Yinchuan"),
    ("西宁", "Xining"),
    ("拉萨", "Lhasa"),
    ("桂林", "Guilin"),
    ("扬州", "Yangzhou"),
    ("唐山", "Tangshan"),
    ("香港", "Hong Kong"),
    ("澳门", "Macau"),
    ("台北", "Taipei"),
    ("高雄", "Kaohsiung"),
    ("台中", "Taichung"),
    ("东京", "Tokyo"),
    ("大阪", "Osaka"),
    ("首尔", "Seoul"),
    ("新加坡", "Singapore"),
    ("曼谷", "Bangkok"),
    ("雅加达", "Jakarta"),
    ("马尼拉", "Manila"),
    ("吉隆坡", "Kuala Lumpur"),
    ("孟买", "Mumbai"),
    ("新德里", "New Delhi"),
    ("迪拜", "Dubai"),
    ("伊斯坦布尔", "Istanbul"),
    ("莫斯科", "Moscow"),
    ("伦敦", "London"),
    ("曼彻斯特", "Manchester"),
    ("都柏林", "Dublin"),
    ("巴黎", "Paris"),
    ("里昂", "Lyon"),
    ("柏林", "Berlin"),
    ("慕尼黑", "Munich"),
    ("汉堡市", "Hamburg"),
    ("法兰克福", "Frankfurt"),
    ("阿姆斯特丹", "Amsterdam"),
    ("布鲁塞尔", "Brussels"),
    ("苏黎世", "Zurich"),
    ("维也纳", "Vienna"),
    ("布拉格", "Prague"),
    ("华沙", "Warsaw"),
    ("斯德哥尔摩", "Stockholm"),
    ("哥本哈根", "Copenhagen"),
    ("马德里", "Madrid"),
    ("巴塞罗那", "Barcelona"),
    ("里斯本", "Lisbon"),
    ("罗马", "Rome"),
    ("米兰", "Milan"),
    ("雅典", "Athens"),
    ("开罗", "Cairo"),
    ("内罗毕", "Nairobi"),
    ("拉各斯", "Lagos"),
    ("约翰内斯堡", "Johannesburg"),
    ("纽约", "New York"),
    ("洛杉矶", "Los Angeles"),
    ("旧金山", "San Francisco"),
    ("西雅图", "Seattle"),
    ("芝加哥", "Chicago"),
    ("波士顿", "Boston"),
    ("休斯敦", "Houston"),
    ("达拉斯", "Dallas"),
    ("迈阿密", "Miami"),
    ("亚特兰大", "Atlanta"),
    ("华盛顿", "Washington"),
    ("多伦多", "Toronto"),
    ("温哥华", "Vancouver"),
    ("蒙特利尔", "Montreal"),
    ("墨西哥城", "Mexico City"),
    ("圣保罗", "São Paulo"),
    ("布宜诺斯艾利斯", "Buenos Aires"),
    ("悉尼", "Sydney"),
    ("墨尔本", "Melbourne"),
    ("奥克兰", "Auckland"),
];
