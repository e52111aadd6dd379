"""Search: one language of questions for the box of the reading room, the command line, Python and JSON.

    question = Question.read('kế hoạch phân loại án bên nhận:"Cục THADS Hải Phòng" từ:2014')
    found = answer(base, question, limit=20)          # hits, how many in all, counts for each filter

The words of the language are tables: `outputs/data/search_*.tsv`, `abbreviations.tsv`; see docs/search.md.
"""

from outputs.asking.answering import Answer, answer, warm
from outputs.asking.errors import SearchError
from outputs.asking.facets import Choice, Facet
from outputs.asking.hits import Hit
from outputs.asking.question import Question

__all__ = ["Answer", "Choice", "Facet", "Hit", "Question", "SearchError", "answer", "warm"]
