"""Names of acts for other systems: provisional URN:LEX names (RFC 9676) and short paths in the manner of ELI.

Provisional, since no registrar has been named for `vn`: these are names of ours in the form of the standards.
"""

from __future__ import annotations

import regex

from extractors.acts import act_by_name
from extractors.citations.symbols import Symbol, symbol_at
from extractors.citations.types import doc_types, fold_code, organ_of
from extractors.decree_key import LOCAL, PARTY, STATE_ACTS, day_of, identify, place_of, words
from extractors.facts import Decree

_TOP_PARTY = "ban.chap.hanh.trung.uong.dang"
_POLITBURO = {"bo chinh tri": "bo.chinh.tri", "ban bi thu": "ban.bi.thu"}
_POINT = {"đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}


def urn_lex(
    decree: Decree, *, amended: str | None = None, in_force: str | None = None, annex: str | None = None
) -> str | None:
    """`urn:lex:vn:chinh.phu:nghi.dinh:2015-07-18;62-2015-nd-cp~dieu5`, None where authority or date is not known.

    Laws and constitutions have the State as their authority (RFC 9676, 6.1.6); the year stands for an unknown day.
    A version is named by the day of the last amending act (`amended`) and the day from which it holds (`in_force`);
    `annex` is the name of a document promulgated with the act (`Quy chế 1`).
    """
    found = identify(decree)
    act = found.act if found and found.basis == "lexicon" else None
    number = decree.number or (act.number if act else None)
    when = day_of(decree) or (act.date if act else None) or _adoption(decree) or (decree.year and str(decree.year))
    authority = _authority(decree, number)
    if not when or authority is None or (number is None and found is None):
        return None
    return _urn(authority, decree.doc_type, when, number, amended, in_force, annex) + _partition(decree.pinpoint)


def urn_of_notice(doc_type: str, organ: str, parent: str | None, when: str, number: str | None = None) -> str:
    """The name of a notice by its head: `urn:lex:vn:bo.tu.phap;tong.cuc.thi.hanh.an.dan.su:thong.bao:2014;lex-1`."""
    authority = ":" + ";".join(".".join(words(name)) for name in (parent, organ) if name)
    return _urn(authority, doc_type, when, number, None, None, None)


def _urn(
    authority: str, doc_type: str, when: str, number: str | None,
    amended: str | None, in_force: str | None, annex: str | None,
) -> str:
    name = f"urn:lex:vn{authority}:{'.'.join(words(doc_type))}:{when};{'-'.join(words(number)) if number else 'lex-1'}"
    name += ":" + ".".join(words(annex)) if annex else ""
    return name + (f"@{amended}" + (f";{in_force}" if in_force else "") if amended else "")


def _adoption(decree: Decree) -> str | None:
    """The day of a constitution, which is cited by its year."""
    act = act_by_name("hiến pháp", None, year=decree.year) if decree.doc_type == "hiến pháp" and decree.year else None
    return act.date if act else None


def _authority(decree: Decree, number: str | None) -> str | None:
    if decree.doc_type in STATE_ACTS:
        return ":nha.nuoc"
    if decree.doc_type == "sắc lệnh":
        return ":chu.tich.chinh.phu"
    symbol = symbol_at(number, 0) if number else None
    if symbol and "TW" in symbol.issuers:
        organ = _POLITBURO.get(" ".join(words(decree.issuer)))
        return f":{_TOP_PARTY};{organ}" if organ else f":{_TOP_PARTY}"
    organs = [organ_of(code) for code in symbol.issuers] if symbol else []
    if organs and organs[0] and organs[0].code in LOCAL:
        place = place_of(decree.issuer)
        return f";{place.replace('-', '.')}:{'.'.join(words(organs[0].name))}" if place and organs[0].name else None
    if organs and all(organ and organ.name for organ in organs):
        return ":" + "+".join(".".join(words(organ.name)) for organ in organs if organ)
    issuer = decree.issuer or (doc_types()[decree.doc_type].issuer if decree.doc_type in doc_types() else None)
    return ":" + ".".join(words(issuer)) if issuer else None


def _steps(pinpoint: str | None) -> list[tuple[str, str]]:
    """`điều 5 khoản 2 điểm đ` → dieu 5, khoan 2, diem dd: the letters of points stay apart (d, đ)."""
    if not pinpoint or "," in pinpoint:
        return []
    return [
        (fold_code(unit).replace(" ", ""), "".join(_POINT.get(char, char) for char in value.lower()))
        for unit, value in regex.findall(r"(phụ lục|tiểu mục|mẫu số|\p{L}+)\s+(\S+)", pinpoint)
    ]


def _partition(pinpoint: str | None) -> str:
    steps = _steps(pinpoint)
    return "~" + ";".join(unit + value for unit, value in steps) if steps else ""


def eli_path(decree: Decree) -> str | None:
    """`/eli/vn/cp/nd/2015/62/dieu-5`: place, issuer, type, year, number; None where one of them is not known.

    The day stands for the year in Party documents, whose numbers restart with each congress.
    """
    found = identify(decree)
    number = decree.number or (found.act.number if found and found.act else None)
    symbol = symbol_at(number, 0) if number else None
    issuer = _path_issuer(decree, symbol) if symbol else None
    year = (found.act.date[:4] if found and found.act else None) or (symbol and symbol.year) or decree.year
    when = day_of(decree) if symbol and symbol.issuers and symbol.issuers[0] in PARTY else year
    if not (found and symbol and issuer and when):
        return None
    law = decree.doc_type in ("luật", "bộ luật")
    kind = "luat" if law else fold_code(found.key.split(":")[1])
    return "/".join(
        ("/eli/vn", issuer, kind, str(when), symbol.n.lstrip("0").lower(),
         *(f"{unit}-{value}" for unit, value in _steps(decree.pinpoint)))
    )


def _path_issuer(decree: Decree, symbol: Symbol) -> str | None:
    if not symbol.issuers:
        return None
    if symbol.issuers[0] in LOCAL:
        place = place_of(decree.issuer)
        return f"{place}/{fold_code(symbol.issuers[0])}" if place else None
    return "-".join(fold_code(code).replace("&", "") for code in symbol.issuers)
