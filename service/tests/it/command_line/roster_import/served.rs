//! What a server has after an import.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::agent::Schedule;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use tempfile::TempDir;
use tonic::Request;

use crate::command_line::{file, printed, text};
use crate::process::{Served, refuses, run, switchyard};
use crate::samples::at;

/// A server, and imports of tables into it.
struct Desk {
    served: Served,
    folder: TempDir,
}

impl Desk {
    fn start() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let served = Served::start(&folder.path().join("store.sqlite"), &[]);
        Self { served, folder }
    }

    /// What the import of a table prints.
    fn import(&self, table: &str, options: &[&str]) -> String {
        let path = self.folder.path().join("agents.csv");
        std::fs::write(&path, table).expect("written");
        let address = self.served.at.to_string();
        let import = ["roster", "import", text(&path), "--address", &address];
        printed(&[&import[..], options].concat())
    }

    async fn agents_of(&self, tenant: &str) -> Vec<pb::Agent> {
        let mut request = Request::new(pb::ListAgentsRequest::default());
        let tenant = tenant.parse().expect("ASCII");
        request.metadata_mut().insert("switchyard-tenant", tenant);
        let mut roster = RosterServiceClient::new(self.served.channel().await);
        let listed = roster.list_agents(request).await.expect("a list").into_inner();
        let agents = listed.agents.into_iter().filter_map(|status| status.agent);
        agents.map(|agent| pb::Agent { etag: String::new(), ..agent }).collect()
    }

    async fn agent(&self, id: &str) -> pb::Agent {
        let agents = self.agents_of("default").await;
        agents.into_iter().find(|agent| agent.id == id).expect("an agent")
    }
}

#[tokio::test]
async fn everything_that_a_row_says_comes_to_the_server() {
    let desk = Desk::start();
    let told = desk.import(
        "id,name,teams,skills,languages,capacity,channel_capacity,external_load,time_zone,shifts,\
         days_off,seniority,presence,latitude,longitude\n\
         li,李娜,care;field,returns:3;japanese:2@2027-01-01,zh-Hans;en,4.5,chat:3;email:1.5,0.5,\
         Asia/Shanghai,mon-tue 09:00-18:00;sat 22:00-06:00,2026-10-01,Senior,Away,31.23,121.47\n",
        &[],
    );
    assert_eq!(told, "1 agent: 1 added, 0 changed, 0 unchanged\n2 teams added: care, field\n");
    let skill = |skill: &str, level, expire_time| pb::HeldSkill {
        skill: skill.to_owned(),
        level,
        expire_time,
    };
    let weekly = |day: &str, start: &str, end: &str| pb::WeeklyShift {
        days: vec![day.to_owned()],
        start: start.to_owned(),
        end: end.to_owned(),
    };
    let expected = pb::Agent {
        id: "li".to_owned(),
        display_name: "李娜".to_owned(),
        teams: ["care", "field"].map(str::to_owned).to_vec(),
        // Midnight in Shanghai.
        skills: vec![
            skill("japanese", 2, Some(at("2026-12-31T16:00:00Z"))),
            skill("returns", 3, None),
        ],
        languages: ["en", "zh-Hans"].map(str::to_owned).to_vec(),
        capacity: Some(pb::Capacity {
            total: Some(4.5),
            per_channel: [("chat".to_owned(), 3.0), ("email".to_owned(), 1.5)].into(),
        }),
        external_load: 0.5,
        schedule: Some(Schedule::Rota(pb::Rota {
            time_zone: "Asia/Shanghai".to_owned(),
            shifts: vec![
                weekly("mon", "09:00", "18:00"),
                weekly("tue", "09:00", "18:00"),
                weekly("sat", "22:00", "06:00"),
            ],
            days_off: vec!["2026-10-01".to_owned()],
        })),
        presence: pb::Presence::Away as i32,
        seniority: pb::Seniority::Senior as i32,
        place: Some(pb::Place { latitude: 31.23, longitude: 121.47 }),
        etag: String::new(),
    };
    assert_eq!(desk.agent("li").await, expected);
}

#[tokio::test]
async fn dated_shifts_are_hours_of_the_rows_zone() {
    let desk = Desk::start();
    let table = "id,time_zone,dated_shifts\n\
                 li,Asia/Shanghai,2026-12-01T09:00/2026-12-01T18:00;2026-12-02 22:00/2026-12-03\n";
    desk.import(table, &[]);
    let shift = |start, end| pb::Interval { start_time: Some(at(start)), end_time: Some(at(end)) };
    let shifts = vec![
        shift("2026-12-01T01:00:00Z", "2026-12-01T10:00:00Z"),
        shift("2026-12-02T14:00:00Z", "2026-12-02T16:00:00Z"),
    ];
    let expected = Schedule::DatedShifts(pb::DatedShifts { shifts });
    assert_eq!(desk.agent("li").await.schedule, Some(expected));
}

#[tokio::test]
async fn a_table_changes_what_it_has_columns_for_and_nothing_else() {
    let desk = Desk::start();
    desk.import(
        "id,name,skills,presence,days,start,end,time_zone,channel_capacity\n\
                 a,Ann,returns:3,away,mon,09:00,18:00,UTC,chat:2\nb,Bob,,,,,,,\n",
        &[],
    );
    let before = desk.agent("a").await;
    let table = "id,capacity,presence\nb,,\na,7,\nc,1,\n";
    let told = desk.import(table, &[]);
    assert_eq!(told, "3 agents: 1 added, 1 changed, 1 unchanged\n");
    let capacity = before.capacity.clone().map(|of| pb::Capacity { total: Some(7.0), ..of });
    assert_eq!(desk.agent("a").await, pb::Agent { capacity, ..before }, "away still");
    let again = desk.import(table, &["--lang", "zh"]);
    assert_eq!(again, "3 名坐席：新增 0，变更 0，未变 3\n");
    let cleared = desk.import("id,skills\na,\n", &[]);
    assert_eq!(cleared, "1 agent: 0 added, 1 changed, 0 unchanged\n");
    assert_eq!(desk.agent("a").await.skills, [], "an empty cell is no skill");
}

#[tokio::test]
async fn a_roster_of_several_batches_is_the_tenants_own() {
    let desk = Desk::start();
    let rows: Vec<_> = (0..1_203).map(|n| format!("a{n:04},care")).collect();
    let table = format!("id,teams\n{}\n", rows.join("\n"));
    let told = desk.import(&table, &["--tenant", "acme", "--lang", "zh"]);
    assert_eq!(told, "1203 名坐席：新增 1203，变更 0，未变 0\n新增团队 1 个：care\n");
    let told = desk.import(&table, &["--tenant", "acme"]);
    assert_eq!(told, "1203 agents: 0 added, 0 changed, 1203 unchanged\n");
    assert_eq!(desk.agents_of("acme").await.len(), 100, "a page of them");
    assert_eq!(desk.agents_of("default").await, []);
}

#[tokio::test]
async fn nothing_is_sent_of_a_table_with_a_mistake_or_of_a_dry_run() {
    let desk = Desk::start();
    desk.import("id\na\n", &["--dry-run"]);
    let (_folder, path) = file("agents.csv", "id,capacity\na,1\nb,x\n");
    let address = desk.served.at.to_string();
    let output = run(&mut switchyard(&["roster", "import", text(&path), "--address", &address]));
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert_eq!(desk.agents_of("default").await, []);
}

#[test]
fn a_server_that_is_not_there_is_told_in_one_line() {
    let (_folder, path) = file("agents.csv", "id\na\n");
    let import =
        |options: &[&str]| switchyard(&[&["roster", "import", text(&path)], options].concat());
    // The discard port: nobody listens there, and ports that tests are given are not so low.
    refuses(&mut import(&["--address", "127.0.0.1:9"]), &["expected a server at 127.0.0.1:9"]);
    refuses(&mut import(&["--address", "a b"]), &["expected an address such as 127.0.0.1:50051"]);
    let desk = Desk::start();
    let at = desk.served.at.to_string();
    refuses(&mut import(&["--address", &at, "--tenant", "a b"]), &["tenant", "white space"]);
}
