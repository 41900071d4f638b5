"""What judges texts, against the real server: told, explained, taught."""

import pytest

from switchyard import v1
from switchyard.client import Client, SwitchyardError

POLICY = """schema = 1
labels = "own"
[[category]]
id = "it.wifi"
[[category]]
id = "hr.pay"
[[category]]
id = "other"
"""
WIFI = ("no wifi on the third floor", "the wireless network is down", "公司无线网连不上")
PAY = ("my salary is late", "a mistake on my payslip", "工资条不对")


@pytest.fixture
def client(server):
    with Client(server.address, tenant="model", language="zh") as client:
        yield client


def ticket(text):
    return v1.Ticket(messages=[v1.Message(text=text)])


def test_a_head_is_taught_judges_and_is_forgotten(client):
    client.policy.Apply(v1.ApplyRequest(source=POLICY))
    examples = [v1.HeadExample(category="it.wifi", text=text) for text in WIFI]
    examples += [v1.HeadExample(category="hr.pay", text=text) for text in PAY]
    head = client.model.FitHead(v1.FitHeadRequest(examples=examples)).head
    assert head.in_use and [it.n_examples for it in head.categories] == [3, 3]
    request = v1.TriageRequest(ticket=ticket("wifi is gone"), mode=v1.MODE_ANALYZE)
    assessment = client.triage.Triage(request).assessment
    assert (assessment.category.label, assessment.model_version) == ("it.wifi", head.model_version)
    client.model.DeleteHead(v1.DeleteHeadRequest())
    with pytest.raises(SwitchyardError) as refused:
        client.model.GetHead(v1.GetHeadRequest())
    assert refused.value.reason == "NOT_FOUND"


def test_an_answer_is_explained_in_the_callers_language(client):
    told = client.model.ExplainText(v1.ExplainTextRequest(ticket=ticket("东西不要了，把钱退给我")))
    first = told.explanations[0]
    assert (first.head, first.label) == ("category", told.assessment.category.label)
    assert first.reasons and first.summary.startswith("类别判为")
    assert {it.label for it in first.examples} <= {first.label, first.rival}


def test_the_model_tells_what_it_is(client):
    model = client.model.GetModel(v1.GetModelRequest())
    assert model.version.startswith("default@") and "category" in {head.name for head in model.heads}
    assert all(data.licence for data in model.data)
