"""What somebody does who has only the generated client: one argument, the address."""

import sys
from io import BytesIO

from acme_client import AuthenticatedClient, Client
from acme_client.api.app_os import auth_login, auth_me
from acme_client.api.crm import (
    crm_records_customer_bulk as bulk,
    crm_records_customer_create as create,
    crm_records_customer_delete as delete,
    crm_records_customer_get as get,
    crm_records_customer_import as import_,
    crm_records_customer_import_get as import_get,
    crm_records_customer_list as list_,
    crm_records_customer_update as update,
    crm_rules_customer_ltv as customer_ltv,
)
from acme_client.models import (
    AuthLoginBody,
    AuthLoginResponse200,
    AuthMeResponse200,
    CrmRecordsCustomer,
    CrmRecordsCustomerAnswers,
    CrmRecordsCustomerBulk,
    CrmRecordsCustomerBulkOperationsItemType0 as BulkCreate,
    CrmRecordsCustomerBulkOperationsItemType2 as BulkDelete,
    CrmRecordsCustomerBulkOperationsItemType2Delete as Deletion,
    CrmRecordsCustomerChange,
    CrmRecordsCustomerImported,
    CrmRecordsCustomerList,
    CrmRecordsCustomerNew,
    CrmRecordsCustomerNewTier,
    CrmRecordsCustomerShown,
    CrmRulesCustomerLtvArguments,
    Problem,
)
from acme_client.types import File

EMAIL = "client@client.example"


def sign_in(url: str, email: str) -> AuthenticatedClient:
    body = AuthLoginBody(email=email, password="correct horse battery staple")
    answer = auth_login.sync_detailed(client=Client(base_url=url), body=body)
    assert isinstance(answer.parsed, AuthLoginResponse200), answer
    session = answer.headers["set-cookie"].split(";")[0]
    # With a session, a change shows its token: whoever else sends the cookie does not know it.
    headers = {"X-CSRF-Token": answer.parsed.csrf_token}
    return AuthenticatedClient(base_url=url, token=session, prefix="", auth_header_name="Cookie", headers=headers)


def problem(answer: object, status: int, code: str) -> Problem:
    assert isinstance(answer, Problem), answer
    assert (answer.status, answer.code) == (status, code), answer
    return answer


def fields(answer: Problem) -> list[str]:
    return [error.field for error in answer.errors] if answer.errors else []


url = sys.argv[1]
wrong = AuthLoginBody(email="admin@acme.example", password="wrong")
problem(auth_login.sync(client=Client(base_url=url), body=wrong), 401, "bad_credentials")
client = sign_in(url, "admin@acme.example")
me = auth_me.sync(client=client)
assert isinstance(me, AuthMeResponse200) and me.email == "admin@acme.example", me

new = CrmRecordsCustomerNew(name="Client", email=EMAIL, tier=CrmRecordsCustomerNewTier.SILVER, city="Ghent")
made = create.sync(client=client, body=new)
assert isinstance(made, CrmRecordsCustomer), made
assert (made.name, made.tier, made.version, made.credit_limit) == ("Client", "silver", 1, "0"), made
refused = problem(create.sync(client=client, body=CrmRecordsCustomerNew(name="", email="nobody")), 422, "invalid_fields")
assert fields(refused) == ["name", "email"], refused
problem(create.sync(client=client, body=new), 409, "not_unique")

page = list_.sync(client=client, filteremaileq=EMAIL, count=True)
assert isinstance(page, CrmRecordsCustomerList), page
assert page.count == 1 and page.rows[0].id == made.id and page.next_ is None, page
page = list_.sync(client=client, limit=3, sort="-created_at", fields="name")
assert isinstance(page, CrmRecordsCustomerList) and len(page.rows) == 3 and page.next_, page
after = list_.sync(client=client, limit=3, sort="-created_at", fields="name", cursor=page.next_)
assert isinstance(after, CrmRecordsCustomerList) and len(after.rows) == 3, after
problem(list_.sync(client=client, sort="nonsense"), 400, "bad_query")

shown = get.sync(made.id, client=client, expand="owner")
assert isinstance(shown, CrmRecordsCustomerShown) and shown.city == "Ghent", shown
found = get.sync_detailed(made.id, client=client)
tag = found.headers["etag"]
assert get.sync_detailed(made.id, client=client, if_none_match=tag).status_code == 304
changed = update.sync(made.id, client=client, body=CrmRecordsCustomerChange(city="Bruges"), if_match=tag)
assert isinstance(changed, CrmRecordsCustomer) and (changed.city, changed.version) == ("Bruges", 2), changed
change = CrmRecordsCustomerChange(city="Cork", version=1)
problem(update.sync(made.id, client=client, body=change), 409, "stale_version")
problem(update.sync(made.id, client=client, body=CrmRecordsCustomerChange(city="Cork")), 428, "version_required")

worth = customer_ltv.sync(client=client, body=CrmRulesCustomerLtvArguments(customer_id=made.id))
assert worth == "0", worth
writes = CrmRecordsCustomerBulk(
    operations=[
        BulkCreate(create=CrmRecordsCustomerNew(name="Second", email="second@client.example")),
        BulkDelete(delete=Deletion(id=made.id, version=1)),
    ],
    atomic=False,
)
answers = bulk.sync(client=client, body=writes, idempotency_key="client-1")
assert isinstance(answers, CrmRecordsCustomerAnswers), answers
assert [result.status for result in answers.results] == [201, 409], answers
assert isinstance(answers.results[0].row, CrmRecordsCustomer) and isinstance(answers.results[1].problem, Problem)
again = bulk.sync_detailed(client=client, body=writes, idempotency_key="client-1")
assert again.parsed == answers and again.headers["idempotency-replayed"] == "true", again

file = b"name,email\nThird,third@client.example\n"
done = import_.sync(client=client, body=File(BytesIO(file)), dry_run=True)
assert isinstance(done, CrmRecordsCustomerImported) and (done.lines, done.created) == (1, 1), done
later = import_.sync(client=client, body=File(BytesIO(file)), prefer="respond-async")
assert isinstance(later, CrmRecordsCustomerImported), later
while later.state not in ("done", "failed"):
    seen = import_get.sync(later.id, client=client)
    assert isinstance(seen, CrmRecordsCustomerImported), seen
    later = seen
assert (later.state, later.created, later.received) == ("done", 1, len(file)), later

viewer = sign_in(url, "finance@acme.example")
problem(delete.sync(made.id, client=viewer), 403, "denied")
problem(get.sync(made.id, client=sign_in(url, "outsider@acme.example")), 404, "not_found")
assert delete.sync_detailed(made.id, client=client).status_code == 204
problem(get.sync(made.id, client=client), 404, "record_not_found")
print("All done.")
