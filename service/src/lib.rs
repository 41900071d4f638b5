//! The Switchyard service: tickets in over gRPC, durable decisions out.
//!
//! `main` → [`cli`] → [`server`] → [`grpc`] → [`app`] → the domain, with
//! [`store`], [`telemetry`] and the models as its surroundings. It does not know
//! how models are trained, and no layer but [`grpc`] names the wire's types.
//!
//! In reading order:
//! - [`cli`] – the commands
//! - [`config`] – every setting
//! - [`server`] – build, serve, drain
//! - [`grpc`] – the wire
//! - [`app`] – the use cases and the writer
//! - [`store`] – SQLite
//! - [`files`] – files that are there whole or not at all
//! - [`words`], [`lang`] – decisions in sentences

pub mod app;
pub mod cli;
pub mod config;
pub mod files;
pub mod grpc;
pub mod lang;
pub mod server;
pub mod store;
pub mod telemetry;
pub mod words;
