"""Published exports of consultations: real ones, and a small one, whole.

Why beside the tests: what is read here is imported elsewhere.
"""

from pathlib import Path

from polylogue.crowd.open_data import FILES
from tests.polylogue.crowd.reading import DATA

EXAMPLES = Path(__file__).parents[3] / "examples"
FOLDERS = [EXAMPLES / "london-youth-policing"]
if DATA is not None:
    FOLDERS += sorted(path.parent for path in (DATA / "openData").glob("*/summary.csv"))

SUMMARY = "topic,Water\nurl,https://example.org\nvoters,2\nconversation-description,\n"
COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '5,then,7,1,1,1,0,"Share the\nriver, all of it"\n'
    "4,then,2,4,1,1,-1,Нет\n"
)
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n9,then,7,1,1\n8,then,7,4,-1\n7,then,2,4,-1\n10,then,2,4,1\n"
PARTICIPANTS = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,2,7\n1,,3,1,1,1,0,,1\n4,,,1,2,1,1,1,-1\n"
WHOLE: dict[str, str] = dict(zip(FILES, (SUMMARY, COMMENTS, VOTES, PARTICIPANTS), strict=True))
