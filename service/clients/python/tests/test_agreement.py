"""The report on how people took the advice."""

from switchyard import v1
from switchyard.client import agreement_report

RESPONSE = v1.GetAgreementResponse(
    rows=[
        {
            "team": "returns",
            "date": "2026-06-01",
            "n_taken": 40,
            "n_first": 31,
            "n_listed": 38,
            "n_nobody": 1,
        },
        {"team": "", "date": "2026-06-02", "n_taken": 3, "n_first": 3, "n_listed": 3},
    ],
    total={"n_taken": 43, "n_first": 34, "n_listed": 41, "n_nobody": 1},
)


def test_it_is_a_table_with_shares():
    assert agreement_report(RESPONSE).splitlines() == [
        "team     day         given  to the advised  to one of five  nobody was free",
        "returns  2026-06-01  40     31 (78%)        38 (95%)        1 (2%)",
        "(any)    2026-06-02  3      3 (100%)        3 (100%)        0 (0%)",
        "total                43     34 (79%)        41 (95%)        1 (2%)",
    ]


def test_it_lines_up_in_chinese():
    assert agreement_report(RESPONSE, "zh-CN").splitlines()[:2] == [
        "团队      日期        人工分派  与建议一致  在前五名内  当时无人可选",
        "returns   2026-06-01  40        31 (78%)    38 (95%)    1 (2%)",
    ]


def test_it_says_so_when_there_is_nothing_to_tell():
    assert agreement_report(v1.GetAgreementResponse()).startswith("Nobody")
