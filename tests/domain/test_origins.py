from apps.domain.origins import BasisLink, Origins, Relayed, origins
from apps.domain.vocabulary import BasisKind

CITES, SAME = BasisKind.CITES, BasisKind.SAME_BRIEFING


def test_claims_without_a_recorded_basis_are_unknown_not_independent() -> None:
    found = origins(claimants={"c1": "a", "c2": "b"}, citations=[Relayed("c1"), Relayed("c1"), Relayed("c2")], links=[])
    assert found == Origins(citations=3, claimants=2, recorded=0, unknown=2)


def test_six_citations_three_claimants_two_origins_one_unknown() -> None:
    claimants = {"c1": "a", "c2": "b", "c3": "c", "c4": "c"}
    links = [BasisLink(CITES, "c1", target_claim="c2"), BasisLink(CITES, "c3", target_actor="spies")]
    citations = [Relayed(claim) for claim in ("c1", "c1", "c2", "c3", "c4", "c4")]
    found = origins(claimants=claimants, citations=citations, links=links)
    assert found == Origins(citations=6, claimants=3, recorded=2, unknown=1)


def test_two_claims_that_rest_on_an_unlisted_third_are_one_origin() -> None:
    links = [BasisLink(SAME, "c1", target_claim="c9"), BasisLink(CITES, "c2", target_claim="c9")]
    assert origins(claimants={"c1": "a", "c2": "b"}, citations=[], links=links) == Origins(0, 2, 1, 0)


def test_a_claim_of_the_actor_that_another_rests_on_is_the_same_origin() -> None:
    links = [BasisLink(CITES, "c1", target_actor="hur")]
    assert origins(claimants={"c1": "president", "c2": "hur"}, citations=[], links=links) == Origins(0, 2, 1, 0)


def test_links_and_citations_of_other_claims_add_nothing() -> None:
    links = [BasisLink(CITES, "c8", target_claim="c9")]
    assert origins(claimants={"c1": "a"}, citations=[Relayed("c8")], links=links) == Origins(0, 1, 0, 1)


def test_a_relay_joins_origins_unless_one_citation_is_direct() -> None:
    claimants = {"c1": "a", "c2": "b"}
    links = [BasisLink(CITES, claim, target_actor=f"source-of-{claim}") for claim in claimants]
    relayed = [Relayed("c1", ("lawmaker", "wire")), Relayed("c2", ("lawmaker",))]
    assert origins(claimants=claimants, citations=relayed, links=links).recorded == 1
    assert origins(claimants=claimants, citations=[*relayed, Relayed("c2")], links=links).recorded == 2


def test_a_relay_alone_is_no_recorded_basis() -> None:
    relayed = [Relayed("c1", ("wire",)), Relayed("c2", ("wire",))]
    assert origins(claimants={"c1": "a", "c2": "b"}, citations=relayed, links=[]) == Origins(2, 2, 0, 2)
