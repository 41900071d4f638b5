//! An encoder of two layers in Hugging Face layout, its numbers made by a formula.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use safetensors::serialize_to_file;
use safetensors::tensor::{Dtype, TensorView};

const INNER: usize = 16;
const LAYERS: usize = 2;
const WORDS: [&str; 12] = [
    "[PAD]", "[CLS]", "[SEP]", "late", "parcel", "where", "is", "my", "refund", "money", "back",
    "[UNK]",
];

/// Writes `config.json`, `tokenizer.json` and `model.safetensors`: vectors of 8 numbers.
pub(crate) fn write(folder: &Path) {
    write_of(folder, 8);
}

/// The same with vectors of 32 numbers.
pub(crate) fn write_wide(folder: &Path) {
    write_of(folder, 32);
}

fn write_of(folder: &Path, width: usize) {
    let config = serde_json::json!({
        "hidden_size": width, "num_hidden_layers": LAYERS, "num_attention_heads": 2,
        "layer_norm_eps": 1e-12, "hidden_act": "gelu",
    });
    fs::write(folder.join("config.json"), config.to_string()).expect("a write");
    fs::write(folder.join("tokenizer.json"), tokenizer().to_string()).expect("a write");
    let numbers: Vec<(String, Vec<usize>, Vec<u8>)> = tensors(width)
        .into_iter()
        .map(|(name, shape)| (name.clone(), shape.clone(), bytes(&name, &shape)))
        .collect();
    let views: Vec<(&str, TensorView<'_>)> = numbers
        .iter()
        .map(|(name, shape, bytes)| {
            let view = TensorView::new(Dtype::F32, shape.clone(), bytes).expect("a tensor");
            (name.as_str(), view)
        })
        .collect();
    serialize_to_file(views, None, &folder.join("model.safetensors")).expect("a write");
}

/// Words split at spaces, marks at both ends, and the padding to 128 that one known file carries.
fn tokenizer() -> serde_json::Value {
    let vocab: HashMap<&str, usize> = WORDS.iter().enumerate().map(|(at, it)| (*it, at)).collect();
    let mark = |at: usize| serde_json::json!({"SpecialToken": {"id": WORDS[at], "type_id": 0}});
    let text = serde_json::json!({"Sequence": {"id": "A", "type_id": 0}});
    let special = |at: usize| {
        (WORDS[at], serde_json::json!({"id": WORDS[at], "ids": [at], "tokens": [WORDS[at]]}))
    };
    serde_json::json!({
        "version": "1.0",
        "truncation": {"max_length": 4, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
        "padding": {"strategy": {"Fixed": 128}, "direction": "Right", "pad_to_multiple_of": null,
                    "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [mark(1), text.clone(), mark(2)],
            "pair": [mark(1), text.clone(), mark(2)],
            "special_tokens": HashMap::from([special(1), special(2)]),
        },
        "decoder": null,
        "model": {"type": "WordLevel", "vocab": vocab, "unk_token": "[UNK]"},
    })
}

fn tensors(width: usize) -> Vec<(String, Vec<usize>)> {
    let mut all = vec![
        ("embeddings.word_embeddings.weight".to_owned(), vec![WORDS.len(), width]),
        ("embeddings.position_embeddings.weight".to_owned(), vec![16, width]),
        ("embeddings.token_type_embeddings.weight".to_owned(), vec![2, width]),
    ];
    norm("embeddings.LayerNorm", width, &mut all);
    for layer in 0..LAYERS {
        let name = |part: &str| format!("encoder.layer.{layer}.{part}");
        for part in ["self.query", "self.key", "self.value", "output.dense"] {
            linear(&name(&format!("attention.{part}")), width, width, &mut all);
        }
        norm(&name("attention.output.LayerNorm"), width, &mut all);
        linear(&name("intermediate.dense"), width, INNER, &mut all);
        linear(&name("output.dense"), INNER, width, &mut all);
        norm(&name("output.LayerNorm"), width, &mut all);
    }
    all
}

fn norm(name: &str, width: usize, all: &mut Vec<(String, Vec<usize>)>) {
    all.extend(["weight", "bias"].map(|it| (format!("{name}.{it}"), vec![width])));
}

fn linear(name: &str, inputs: usize, outputs: usize, all: &mut Vec<(String, Vec<usize>)>) {
    all.push((format!("{name}.weight"), vec![outputs, inputs]));
    all.push((format!("{name}.bias"), vec![outputs]));
}

/// `sin(0.7·i + the name's bytes) / 2`; scales of norms lie around 1.
fn bytes(name: &str, shape: &[usize]) -> Vec<u8> {
    let phase: u32 = name.bytes().map(u32::from).sum();
    let is_scale = name.ends_with("LayerNorm.weight");
    let number = |at: usize| {
        let wave = (0.7 * at as f64 + f64::from(phase)).sin() * 0.5;
        if is_scale { 1.0 + 0.2 * wave } else { wave }
    };
    let n = shape.iter().product();
    (0..n).flat_map(|at| (number(at) as f32).to_le_bytes()).collect()
}
