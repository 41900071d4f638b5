//! The longer parts of `--help`: what the options do not say by themselves.

/// Below the list of commands.
pub(super) const TOP: &str = "\
Start with:
  switchyard demo
  switchyard triage \"I want my money back\"

Exit codes:
  0  done
  1  a check of `doctor` failed
  2  not possible; standard error says why";

/// Below `serve`.
pub(super) const SERVE: &str = "\
Prints `listening on ADDR` once calls are taken, and logs to standard error.
SIGTERM or SIGINT stops it: calls at work get `server.drain_seconds` (10) to finish.

Examples:
  switchyard serve
  switchyard serve --listen 0.0.0.0:50051 --store /var/lib/switchyard/desk.sqlite
  SWITCHYARD_SERVER__IN_FLIGHT_MAX=256 switchyard serve --config switchyard.toml

Exit codes:
  0  stopped as asked
  2  could not start or go on, such as a store that another process holds";

/// Below `triage`.
pub(super) const TRIAGE: &str = "\
A row of input has a text and what is known of the ticket; all is optional:
  id, channel, subject, opened_at, last_agent
  body, or messages: a list of {author: customer | agent | system, text}
  customer: {tier: standard | premium | vip, complaints_90d, tickets_90d}
  known_category, known_sentiment, known_urgency, known_language,
  known_signals (a list), known_priority (1 to 4): facts that no model overrules
Fields named category, sentiment, urgency, signals and language are a data set's
labels and are ignored. In a table the customer's fields are columns such as
customer.tier, a list is one cell with ; or , between, and an empty cell says nothing.

  {\"id\": \"A-1\", \"channel\": \"email\", \"subject\": \"Refund\", \"body\": \"I want my money back.\"}

A roster has agents, in .toml or in .json of the same shape; all but the id is optional:

  [[agent]]
  id = \"li.na\"
  teams = [\"care\"]
  skills = { returns = 5, billing = { level = 3, expires = \"2027-01-01T00:00:00Z\" } }
  languages = [\"zh-Hans\", \"en\"]
  capacity = 4
  time_zone = \"Asia/Shanghai\"
  shifts = [{ days = [\"mon\", \"tue\", \"wed\"], start = \"09:00\", end = \"18:00\" }]

Further keys: name, channel_capacity, external_load, days_off, location, seniority
(junior, regular, senior) and presence (online, away, offline; by default the shifts').
In place of shifts, dated ones in the agent's zone:
  dated_shifts = [{ start = \"2026-12-01T09:00\", end = \"2026-12-01T18:00\" }]
An agent without shifts is always there, one without languages reads all of them.
Teams may be listed as [[team]] with id and name; then agents name only those.

With --json and a roster, a ticket that waits has `assignment: null` and
`queue: {team, reasons}`, the reasons counting the agents that each filter kept out.

Examples:
  switchyard triage \"I want my money back\"
  switchyard triage --input tickets.jsonl --json
  zcat tickets.jsonl.gz | switchyard triage --input - --json
  switchyard triage --input tickets.csv --policy policy.toml --roster roster.toml

Exit codes:
  0  every ticket was triaged
  2  not possible, such as a row that cannot be read; rows before it are printed";

/// Below `roster`.
pub(super) const ROSTER: &str = "\
Examples:
  switchyard roster import agents.csv --dry-run
  switchyard roster import agents.csv --address 127.0.0.1:50051 --tenant acme

Exit codes:
  0  done
  2  not possible; standard error says why";

/// Below `knowledge`.
pub(super) const KNOWLEDGE: &str = "\
Examples:
  switchyard knowledge import solved.jsonl
  switchyard knowledge import articles.csv --address desk.example:50051 --tenant acme";

/// Below `knowledge import`.
pub(super) const KNOWLEDGE_IMPORT: &str = "\
A row is a solved ticket or an article; all but id, and title or text, may be absent:

  id                      the backend's id; a ticket's is the one it is triaged by
  kind                    ticket or article; by default ticket
  title, text             the subject and what the customer wrote; what the article says
  solution                how the ticket was solved
  category                one of the policy's; empty leaves it to the model
  solver                  the agent who solved it: experience is counted by it
  customer_id             kept as an opaque reference
  opened_at, solved_at    instants: 2026-11-03T09:30:00Z
  product, uri, tags      tags as a list, or in a table one cell with ; between

  {\"id\": \"S-1\", \"text\": \"The cup came broken.\", \"solution\": \"A new one was sent.\",
   \"solver\": \"li.na\", \"solved_at\": \"2026-11-03T09:30:00Z\"}
  {\"id\": \"KB-7\", \"kind\": \"article\", \"title\": \"Broken on arrival\", \"text\": \"Send us a picture.\"}

An item that is there already is replaced. Rows that the server refuses are told on standard error;
of a stream that breaks, some may have been refused untold. What was sent under a name is not sent
again: to have items back that were deleted since, give another --import-id.

Exit codes:
  0  done; refused rows were told
  2  not possible: rows with mistakes, no server, or one that went away for too long";

/// Below `roster import`.
pub(super) const ROSTER_IMPORT: &str = "\
The first row names the columns, in any order; all but id may be absent:

  id,name,teams,languages,capacity,time_zone,days,start,end
  li.na,李娜,care;returns,zh-Hans;en,4,Asia/Shanghai,mon-fri,09:00,18:00

  id                the agent's id (编号)
  name              shown to people (姓名)
  teams             with ; between; those not there yet are added (团队)
  skills            with their levels, maybe until a date:
                    returns:3;japanese:2@2027-01-01 (技能)
  languages         zh-Hans;en; an empty cell means all (语言)
  capacity          units of work at a time (容量)
  channel_capacity  further limits: chat:3;email:5 (渠道容量)
  external_load     work that is done elsewhere (外部负载)
  time_zone         of all hours and dates of the row: Asia/Shanghai (时区)
  days, start, end  one weekly shift: mon-fri or mon;wed;fri, 09:00, 18:00
                    (工作日, 上班, 下班); an end before the start is on the next day
  shifts            weekly shifts, also several: mon-fri 09:00-18:00; sat,sun 10:00-14:00
                    (班次)
  days_off          dates without a weekly shift: 2026-10-01;2026-10-02 (休息日)
  dated_shifts      in place of weekly shifts:
                    2026-12-01T09:00/2026-12-01T18:00;2026-12-02T09:00/2026-12-02T18:00 (排班)
  seniority         junior, regular or senior (资历)
  presence          online, away or offline; an empty cell keeps what was reported (在线状态)
  latitude, longitude  in degrees (纬度, 经度)

An agent without shifts is always there. An empty cell puts a value back to its default; what has
no column at all stays as it is with agents who are there. Nobody is removed.
The file is UTF-8, with or without a byte order mark, as spreadsheets save \"CSV UTF-8\".
Times may be 9:00 and dates 2026/10/1, as spreadsheets save them.
Rows are counted as spreadsheets count them, the heading being row 1. A formula is no value.

Examples:
  switchyard roster import agents.csv --dry-run
  switchyard roster import agents.csv
  switchyard roster import agents.csv --address desk.example:50051 --tenant acme --lang zh

Exit codes:
  0  every agent is on the roster as the table says, or with --dry-run could be
  2  not possible; a bad table is told cell by cell, a line each, and nothing was sent";

/// Below `demo`.
pub(super) const DEMO: &str = "\
The server listens on a free port of this machine, the store is a temporary file,
and both are gone at the end. It is always the same Wednesday morning in Shanghai.

Examples:
  switchyard demo
  switchyard demo --lang zh

Exit codes:
  0  shown
  2  not possible, such as a temporary folder that cannot be written";

/// Below `config`.
pub(super) const CONFIG: &str = "\
Layers, each over the one before: the defaults, --config FILE, the environment, --set.
An environment variable is SWITCHYARD_ and the key in capitals, with two underscores
for the dot: SWITCHYARD_SERVER__LISTEN=0.0.0.0:50051

Examples:
  switchyard config --defaults > switchyard.toml
  switchyard config --config switchyard.toml --set server.in_flight_max=256

Exit codes:
  0  printed
  2  not possible; one line names every problem with its key";

/// Below `errors`.
pub(super) const ERRORS: &str = "\
A reason may be given in any case, and with the ERROR_REASON_ of the contract's enum.
With --json each reason is an object on a line of its own:
  reason, code (its name), code_number, when, advice,
  retry: what the same request with the same request_id comes to
    CORRECTED  the same answer; the request must change
    CHANGED    done once what stands in the way has changed
    LATER      done once there is room again; nothing was done yet
    SETTLED    done unless it was done already
  retry_advice: the same in a sentence
  retry_after_ms: what RetryInfo says, or null

Examples:
  switchyard errors
  switchyard errors STORE_FAILED --lang zh
  switchyard errors --json

Exit codes:
  0  printed
  2  not possible, such as a reason that the catalogue lacks";

/// Below `backup`.
pub(super) const BACKUP: &str = "\
The copy is one consistent state: everything that was acknowledged before it began. It is
written under a temporary name, checked (every page, row and index; every tenant's journal
and desk), synced and only then named. A server on the store goes on; its log grows by what
is committed meanwhile, and the disk needs room for the copy. A backup that is killed leaves
at most a draft called .FILE.part, which the next one takes over.

The file is a store: what names customers is in it, so keep it as private as the store.

Examples:
  switchyard backup --store switchyard.sqlite --out backup-2026-06-03.sqlite
  switchyard backup --store /var/lib/switchyard/desk.sqlite --out /mnt/nightly.sqlite --json

Exit codes:
  0  the file is there and sound
  2  not possible, such as a file that is there already or a full disk; no file was made";

/// Below `restore`.
pub(super) const RESTORE: &str = "\
The backup is checked before anything is touched, copied beside the store, and put in its
place at one instant. Stop the server first: a store that one holds is left as it is.

With --replace the store that was there is kept as STORE.replaced-TIME, and told; it is a
store like any other and can be removed once it is no longer needed. What was decided after
the backup is in it alone: whoever asks for such a decision is told that there is none, and
a retried request of that time is decided anew.

Examples:
  switchyard restore backup-2026-06-03.sqlite --store switchyard.sqlite
  switchyard restore /mnt/nightly.sqlite --store /var/lib/switchyard/desk.sqlite --replace

Exit codes:
  0  restored; `switchyard serve` goes on from there
  2  not possible, such as a damaged backup or a store in use; the store is as it was";

/// Below `doctor`.
pub(super) const DOCTOR: &str = "\
Looks at what a server needs, each in a line: what was found, ok, warning or failed, and what
to do. A warning is something to look after: a server serves all the same.

  store         there or to be made, open to us, of a schema this version knows
  pages         every page of the file
  desks         every tenant's journal without a gap, every desk rebuilt as a start does
  policies      every policy reads; the categories in force are the model's labels
  model         the bundle loads
  room          free on the disk, and below store.size_max_mib
  sync          p50 of writing and syncing 4 KiB, in a file of its own beside the store
  clock         plausible, and not before the journal's last entry
  port          server.listen is free, or a gRPC server there says that it serves
  metrics_port  the same of server.metrics_listen

With --json an object {status, checks: [{check, status, found, advice}]}; check and status are
stable, found and advice are for people. What does not apply is left out, such as pages of a
store that is not there yet.

Examples:
  switchyard doctor
  switchyard doctor --store /var/lib/switchyard/desk.sqlite
  switchyard doctor --config switchyard.toml --json

Exit codes:
  0  nothing failed
  1  a check failed
  2  not possible, such as a configuration that cannot be read";
