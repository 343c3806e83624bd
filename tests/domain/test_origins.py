from apps.domain.origins import BasisLink, Origin, Origins, Relayed, origin_groups, origins, origins_words
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


def test_every_claim_is_in_one_group_and_says_whether_its_basis_is_recorded() -> None:
    claimants = {"c1": "a", "c2": "b", "c3": "c", "c4": "d"}
    relayed = [Relayed("c2", ("wire",)), Relayed("c3", ("wire",))]
    links = [BasisLink(CITES, "c1", target_claim="c2")]
    assert origin_groups(claimants=claimants, citations=relayed, links=links) == (
        Origin(("c1", "c2", "c3"), frozenset({"c1", "c2"})),
        Origin(("c4",), frozenset()),
    )


def test_a_claim_that_hangs_on_a_recorded_one_by_a_relay_alone_is_still_unknown() -> None:
    relayed = [Relayed("c2", ("wire",)), Relayed("c3", ("wire",))]
    links = [BasisLink(CITES, "c2", target_actor="spies")]
    found = origins(claimants={"c2": "b", "c3": "c"}, citations=relayed, links=links)
    assert (found.recorded, found.unknown) == (1, 1)


def test_a_chain_through_claims_that_are_not_listed_is_one_origin() -> None:
    links = [BasisLink(CITES, "c1", "c8"), BasisLink(CITES, "c8", "c9"), BasisLink(SAME, "c2", "c9")]
    assert origins(claimants={"c1": "a", "c2": "b"}, citations=[], links=links).recorded == 1


def test_the_count_in_words() -> None:
    assert origins_words(Origins(6, 3, 2, 1)) == "6 citations, 3 claimants, 2 recorded origins, 1 unknown"
    assert origins_words(Origins(1, 1, 1, 0)) == "1 citation, 1 claimant, 1 recorded origin, 0 unknown"
    assert origins_words(Origins(1200, 0, 0, 1)) == "1,200 citations, 0 claimants, 0 recorded origins, 1 unknown"
