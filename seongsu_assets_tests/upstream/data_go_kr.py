"""The gateways of data.go.kr and apihub.kma.go.kr: key, operation, and their own refusals.
No rows of any service here."""

from collections.abc import Callable, Mapping

from seongsu_assets_tests.upstream import refusals
from seongsu_assets_tests.upstream.wire import Reply, Table
from seongsu_assets_tests.upstream.world import Ask

Service = Callable[[Ask], Reply | Table]


def answer(ask: Ask, services: Mapping[str, Service]) -> Reply | Table:
    """`services` by path. A wrong key, such as one encoded twice, is refused in XML."""
    form = ask.world.options.gateway
    if ask.request.parameters.get("serviceKey") != ask.world.keys["data_go_kr"]:
        return refusals.gateway("30", form)
    service = services.get("/".join(ask.request.parts))
    return refusals.gateway("12", form) if service is None else service(ask)


def hub(ask: Ask, services: Mapping[str, Service]) -> Reply | Table:
    """apihub: HTTP 401 for a wrong key, 403 for an operation that is not there."""
    if ask.request.parameters.get("authKey") != ask.world.keys["kma_hub"]:
        return refusals.bad_key("kma_hub", "")
    service = services.get("/".join(ask.request.parts))
    return refusals.hub(403, "허용되지 않은 API 입니다.") if service is None else service(ask)
