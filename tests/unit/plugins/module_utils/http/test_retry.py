# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unavailable, Unreachable, Untrusted
from ansible_collections.bomgar.appliance.plugins.module_utils.http.response import Response
from ansible_collections.bomgar.appliance.plugins.module_utils.http.retry import RetryPolicy


def response(status=200, **headers):
    return Response(status, {name.replace("_", "-"): value for name, value in headers.items()}, b"")


@pytest.fixture
def run():
    """run(*results, is_read) -> (the result, the pauses)."""

    def go(*results, is_read=True):
        pauses, left = [], list(results)

        def send():
            one = left.pop(0)
            if isinstance(one, Exception):
                raise one
            return one

        return RetryPolicy(is_read, host="a", request="GET /x", sleep=pauses.append).run(send), pauses

    return go


def test_a_read_is_retried_twice(run):
    assert run(Unreachable("x"), Unreachable("x"), response())[1] == [1.0, 2.0]
    with pytest.raises(Unreachable):
        run(*[Unreachable("x")] * 3)


def test_a_write_is_not_retried(run):
    with pytest.raises(Unreachable):
        run(Unreachable("x"), response(), is_read=False)
    with pytest.raises(Unavailable):
        run(response(429, Retry_After="1"), response(), is_read=False)


def test_an_untrusted_certificate_is_not_retried(run):
    with pytest.raises(Untrusted):
        run(Untrusted("x"), response())


@pytest.mark.parametrize(
    ("first", "pause"),
    [
        (response(429), 5.0),
        (response(429, Retry_After="7"), 7.0),
        (response(503, Retry_After="0"), 1.0),
        (response(429, Retry_After="soon"), 5.0),
        (response(429, Retry_After="Sun, 06 Nov 1994 08:49:37 GMT", Date="Sun, 06 Nov 1994 08:49:00 GMT"), 37.0),
        (response(503, Retry_After="Sunday, 06-Nov-94 08:49:37 GMT", Date="Sun Nov  6 08:49:25 1994"), 12.0),
        (response(429, Retry_After="Sun, 06 Nov 1994 08:49:37 GMT", Date="Sun, 06 Nov 1994 08:50:00 GMT"), 1.0),
        (response(429, Retry_After="Sun, 06 Nov 1994 08:49:37 GMT"), 5.0),
        (response(429, Retry_After="Sun, 99 Nov 1994 08:49:37 GMT", Date="Sun, 06 Nov 1994 08:50:00 GMT"), 5.0),
    ],
)
def test_slow_down_pauses(run, first, pause):
    assert run(first, response())[1] == [pause]


def test_a_date_after_the_last_pause_ends_it(run):
    with pytest.raises(Unavailable) as caught:
        run(response(429, Retry_After="Sun, 06 Nov 1994 10:49:00 GMT", Date="Sun, 06 Nov 1994 08:49:00 GMT"))
    assert caught.value.facts["retry_after"] == 7200.0


def test_a_plain_503_is_returned(run):
    assert run(response(503))[0].status == 503


def test_pauses_end_after_a_minute(run):
    with pytest.raises(Unavailable, match="asks for fewer requests"):
        run(response(429, Retry_After="40"), response(429, Retry_After="40"))
