"""Refusals in English: each says what is wrong and what would be right.

How a sentence is written, and what its places mean, stands in schema/api/sentences.py.
"""

from collections.abc import Mapping

from polylogue.refusals import RefusalCode as Code

WORDS: Mapping[str, str] = {
    # phases of a session
    "SCHEDULED": "scheduled",
    "OPEN": "open",
    "SUSPENDED": "suspended",
    "CLOSED": "closed",
    "SEALED": "sealed",
    # phases of an item
    "LISTED": "listed",
    "DELIBERATION": "in deliberation",
    "NEGOTIATION": "in negotiation",
    "DECISION": "up for decision",
    "CONCLUDED": "concluded",
    "DEFERRED": "deferred",
    # states of a text, a provision, an amendment, an objection
    "WORKING": "a working text",
    "CIRCULATED": "circulated",
    "CLEAN": "clean",
    "CALLED": "called",
    "ADOPTED": "adopted",
    "BLOCKED": "blocked",
    "PROPOSED": "proposed",
    "BRACKETED": "bracketed",
    "AGREED": "agreed",
    "WITHDRAWN": "withdrawn",
    "PENDING": "pending",
    "ACCEPTED": "accepted",
    "LAPSED": "lapsed",
    "STANDING": "standing",
    "RAISED": "raised",
    "MAINTAINED": "maintained",
    # why rounds end
    "NO_OBJECTION": "no objection is left",
    "WINNER_UNCHANGED": "the same candidate has won again",
    # languages
    "en": "English",
    "ru": "Russian",
    "zh": "Chinese",
    "zh-Hans": "Chinese",
    # attendance
    "PRESENT": "present",
    "ABSENT": "absent",
    # standings and roles
    "MEMBER": "a member",
    "PARTNER": "a partner",
    "OBSERVER": "an observer",
    "GUEST": "a guest",
    "ORGANISER": "the organiser",
    "CHAIR": "the chair",
    "SECRETARIAT": "the secretariat",
    "DELEGATE": "a delegate",
    "FACILITATOR": "a facilitator",
    "PUBLIC": "the public",
    "WORKER": "a worker",
}
"""Words of the domain as they stand in a sentence; a word that is not here, such as a seat's code, stands as it is."""

SIGNS: Mapping[str, str] = {
    "U+0000": "a null",
    "U+0009": "a tab",
    "U+000B": "a vertical tab",
    "U+000C": "a form feed",
    "U+000D": "a carriage return without a line feed",
    "U+001B": "an escape",
    "U+007F": "a delete",
    "U+FEFF": "a byte-order mark",
}
"""What people call those forbidden characters that come in with pasted text."""

SENTENCES: Mapping[Code, tuple[str, ...]] = {
    Code.NOT_PERMITTED: (
        "No seat is held by {role:word}; leave `seats` out, or admit {allowed:or}.",
        "There is no such {absent:word}, or you have no part in it.",
        "You hold no such part in this {place:word}. Permitted: {allowed:or}.",
        "Not permitted. Permitted: {allowed:or}.",
        "You have no part here that permits this.",
    ),
    Code.NOT_A_MEMBER: (
        "{seat} is {standing:word} here; this is for members.",
        "This is for members.",
    ),
    Code.SEAT_NOT_HELD: ("You do not hold the seat {seat}; name one that you hold.", "Name a seat that you hold."),
    Code.SEAT_AMBIGUOUS: ("Say for which seat: {seats:or}.", "Say for which seat this is done."),
    Code.UNKNOWN_REFERENCE: (
        'There is no {kind} "{id}" here; name one that there is.',
        "There is no such {kind}; name one that there is.",
        "Something is named here that there is not.",
    ),
    Code.UNKNOWN_RULE_SET: (
        'There is no rule set "{name}"; `ruleSets` lists those that there are.',
        "There is no such rule set; `ruleSets` lists those that there are.",
    ),
    Code.SCENARIO_INVALID: (
        'There is no scenario "{name}"; there are {there:and}. Name one of them, or give a definition.',
        'There is no scenario "{name}"; name one that there is, or give a definition.',
        "Give either the name of a scenario or a definition: one of the two.",
    ),
    Code.SESSION_PHASE: (
        "The session is {phase:word}; this is possible while it is {allowed:or}.",
        "The session is {phase:word}; this is no longer possible.",
        "This is not possible in the session's present phase.",
    ),
    Code.SESSION_SEALED: ("The session is sealed; nothing is added to its record any more.",),
    Code.SESSION_MOVED_ON: (
        "The session is at entry {current}, not {given}; look at what is new and decide again.",
        "The session has moved on; look at what is new and decide again.",
    ),
    Code.ITEM_PHASE: (
        "Item {number} is {phase:word}; this is possible while it is {allowed:or}.",
        "This is not possible in the item's present phase.",
    ),
    Code.TEXT_STATE: (
        "The text of item {number} is {state:word}; this is possible while it is {allowed:or}.",
        "The text of item {number} is {state:word}; this is not possible then.",
        "This is not possible in the text's present state.",
    ),
    Code.TEXT_EMPTY: (
        "`{field}` is empty; at least one letter or sign is needed.",
        "The text is empty; at least one letter or sign is needed.",
    ),
    Code.TEXT_ERASED: (
        "The wording of provision {id} has been erased and cannot be adopted; put another on the table.",
        "A wording has been erased and cannot be adopted; put another on the table.",
    ),
    Code.TEXT_UNSUPPORTED: (
        "Nobody stands behind clause {clause}; have a member support or amend it, or withdraw it.",
        "Nobody stands behind a clause; have a member support or amend it, or withdraw it.",
    ),
    Code.PROVISION_WITHDRAWN: (
        "Provision {id} has been withdrawn; name one that stands.",
        "The provision has been withdrawn; name one that stands.",
    ),
    Code.PROVISION_MISSING: (
        "Item {number} has no provision left; at least one is needed.",
        "No provision is left; at least one is needed.",
    ),
    Code.BRACKETS_OPEN: (
        "Brackets left in the text of item {number}: {left}. Close them first.",
        "Brackets are left in the text. Close them first.",
    ),
    Code.NOT_BRACKETED: (
        "The provision is {state:word}, not bracketed; there is no bracket to close.",
        "The provision is not bracketed; there is no bracket to close.",
    ),
    Code.BRACKET_OBJECTED: (
        "This wording of clause {clause} is objected to by {seats:and} (“{reason}”); settle it or choose another.",
        "This wording of clause {clause} is objected to by {seats:and}; settle it or choose another.",
        "Objections stand on this wording; settle them or choose another.",
    ),
    Code.BRACKET_UNKNOWN: (
        "There is no bracket {bracket} in clause {clause}, which has {count}; look at them and decide again.",
        "There is no such bracket in the clause; look at them and decide again.",
    ),
    Code.BRACKET_MOVED: (
        "The brackets of clause {clause} are those of entry {current}, not {given}; look at them and decide again.",
        "The brackets have changed; look at them and decide again.",
    ),
    Code.BRACKET_WHOLE: (
        "The wordings of clause {clause} have no language in common, or one is erased; close it as a whole.",
        "The wordings of the clause cannot be compared; close it as a whole.",
    ),
    Code.BRACKET_SINGLE: (
        "Bracket {bracket} is not made of several; name the places at which to cut it.",
        "The bracket is not made of several; name the places at which to cut it.",
    ),
    Code.BRACKET_PLACE: (
        "Cut bracket {bracket} between two words, once in each reading, so that they differ before it and behind it.",
        "Cut a bracket between two words, once in each reading, so that they differ before it and behind it.",
    ),
    Code.BRACKET_NOT_CLOSED: (
        "No closing of clause {clause} can be undone; propose an alternative instead.",
        "No closing of the clause can be undone; propose an alternative instead.",
    ),
    Code.VERSION_MISSING: (
        "Clause {clause} has no {language:word} version yet, and {more} more are missing or stale; provide them first.",
        "Clause {clause} has no {language:word} version yet; provide it first.",
        "A language version is missing; provide it first.",
    ),
    Code.VERSION_STALE: (
        "The {language:word} version of clause {clause} is stale, and {more} more are missing or stale; provide them.",
        "The {language:word} version of clause {clause} is older than its words; provide it anew or confirm it.",
        "A language version is older than the clause's words; provide it anew or confirm that it fits.",
    ),
    Code.VERSION_FITS: (
        "The {language:word} version of clause {clause} stands and fits; propose an amendment to it instead.",
        "This language version stands and fits; propose an amendment in that language instead.",
    ),
    Code.VERSION_NOT_AUTHENTIC: (
        "The {language:word} version would not be adopted as authentic; object to the clause, or to {allowed:or}.",
        "No language version counts as authentic here; object to the clause.",
    ),
    Code.LANGUAGE_NOT_IN_SESSION: (
        "This session keeps versions in {allowed:and}; give one of these.",
        "This session keeps no language versions: its scenario names no authentic languages.",
    ),
    Code.LANGUAGE_NOT_SPOKEN: (
        "{seat} gives and confirms versions in the languages that it speaks: {allowed:and}.",
        "A delegation gives and confirms versions only in the languages that it speaks.",
    ),
    Code.NOT_SPONSOR: ("Only who sponsors it may do this: {sponsor:or}.", "Only who sponsors it may do this."),
    Code.ALREADY_SPONSOR: ("{seat} is a sponsor of this provision already.", "This is a sponsor already."),
    Code.SPONSORED_BY_CHAIR: ("The chair speaks for this provision; it has no sponsors to join.",),
    Code.AMENDMENT_NOT_PENDING: (
        "The amendment is {state:word}; only a pending one is amended, revised, accepted or withdrawn.",
        "The amendment is not pending any more.",
    ),
    Code.AMENDMENT_INVALID: (
        "An amendment of the kind {kind} has no {surplus}; leave it out.",
        "An amendment of the kind {kind} lacks its {missing}; give it.",
        "What is given does not fit the kind of the amendment.",
    ),
    Code.AMENDMENT_DEPTH: ("This is an amendment to an amendment; propose another one beside it instead.",),
    Code.AMENDMENT_OVERLAPS: ("Others have changed the same words since; say how the wording should read now.",),
    Code.ALREADY_ACCEPTED: (
        "You have accepted this amendment; it waits for {waiting:and}.",
        "You have accepted this amendment already.",
    ),
    Code.WORDING_UNCHANGED: ("This is how the wording reads already; give one that differs.",),
    Code.ORDER_UNCHANGED: (
        "Clause {itself} cannot stand behind itself; name another place.",
        "The clause stands there already; name another place.",
    ),
    Code.ORDER_PREAMBLE: (
        "Preambular clauses stand before operative ones, which begin with clause {before}; name a place before it.",
        "Operative clauses stand behind the preamble, which ends with clause {behind}; name a place behind it.",
        "The preamble stands before the operative clauses; name another place.",
    ),
    Code.ORDER_WITHDRAWN: (
        "The clause behind which it would stand has been withdrawn; propose it anew, for another place.",
    ),
    Code.REVISION_STALE: (
        "The present revision is {current}, not {given}; look at it and decide again.",
        "The wording has changed; look at it and decide again.",
    ),
    Code.DRAFT_OUTDATED: (
        "The draft rests on revision {given} of a provision whose present one is {current}; draft anew.",
        "The draft rests on an older wording; draft anew.",
    ),
    Code.DRAFT_MISATTRIBUTED: (
        "Words of clause {clause} of the draft are not those of {seats:and}; enter them there, or mark them `drawn`.",
        "The draft names a source of clause {clause} that has other words; mark it `drawn` if they are made from it.",
        "The draft names a source that has other words; mark it `drawn` if they are made from it.",
    ),
    Code.DRAFT_PENDING: (
        "A draft of item {number} is requested already. Should it not come, ask anew with `insteadOfId` {id}.",
        "A draft is requested already; it will be tabled. Should it not come, ask anew with `insteadOfId`.",
    ),
    Code.ROUNDS_OVER: (
        "The rounds on item {number} ended with round {round}: {reason:word}. They go on when something changes.",
        "The rounds on this item have ended. They go on when something changes.",
    ),
    Code.WRITER_NOT_CONFIGURED: ("No language model is set up here; ask for a draft by the rules alone.",),
    Code.CANDIDATE_PAST: (
        "Another round has followed; name a candidate of round {round}.",
        "Another round has followed; name a candidate of the newest one.",
    ),
    Code.CANDIDATE_OUTDATED: (
        "The candidate words revision {given} of a clause whose present one is {current}; ask for another round.",
        "A clause that the candidate words has changed since. Ask for another round.",
    ),
    Code.CANDIDATE_UNSUPPORTED: (
        "In clause {clause} nobody has put forward “{sentence}” ({words}); take another, or have a member propose it.",
        "The candidate says what nobody has put forward; take another, or have a member propose these words.",
    ),
    Code.CANDIDATE_CHANGES_NOTHING: ("To take this candidate would leave no text, or the text as it is.",),
    Code.ROLL_CALL_MISSING: (
        "Sitting {sitting} has had no roll call yet; record it first.",
        "The sitting has had no roll call yet; record it first.",
    ),
    Code.QUORUM_NOT_MET: (
        "{present} present, {needed} needed to decide.",
        "Too few members are present to decide.",
    ),
    Code.CIRCULATION_RUNNING: (
        "Delegations have the text of item {number} for study until {until:time}; call for consensus then.",
        "Delegations have the text for study; call for consensus when the circulation period is over.",
    ),
    Code.CALL_OPEN: ("A call on item {number} is open; close it first.", "A call is open; close it first."),
    Code.CALLS_NOT_IN_RULES: (
        "The rule set {name} knows no call for consensus.",
        "The rule set knows no call for consensus.",
    ),
    Code.WINDOW_OPEN: (
        "Objections are possible until {until:time}; close the call then.",
        "Objections are still possible; close the call when their time is over.",
    ),
    Code.ANSWERS_MISSING: (
        "Answers missing from {seats:and}: objections that stood are to be maintained or withdrawn first.",
        "Answers are missing: objections that stood are to be maintained or withdrawn first.",
    ),
    Code.NO_SUCH_OBJECTION: (
        "{seat} has no objection to this provision in the call.",
        "There is no such objection in the call.",
    ),
    Code.ALREADY_OBJECTED: (
        "The objection of {seat} to this provision is {state:word} already.",
        "There is an objection to this provision already.",
    ),
    Code.OBJECTION_REASON_MISSING: (
        "An objection needs its reason and the change that would remove it; `{missing}` is missing.",
        "An objection needs its reason and the change that would remove it.",
    ),
    Code.REASON_MISSING: ("This needs a reason; give one.",),
    Code.STANCE_REASON_MISSING: (
        "OBJECT needs its reason and the change that would remove it; `{missing}` is missing.",
        "OBJECT needs its reason and the change that would remove it.",
    ),
    Code.STANCE_TARGET_INVALID: ("A stance names a provision of the item, or one of that provision's alternatives.",),
    Code.STANCE_IN_CALL: (
        "A call on item {number} is open; raise, maintain or withdraw an objection instead.",
        "A call is open; raise, maintain or withdraw an objection instead.",
    ),
    Code.BULK_OBJECT: ("OBJECT is not taken on all the rest at once; state each with its reason.",),
    Code.SITTING_OVER: (
        "Sitting {sitting}, in which item {number} was adopted, is over; opinions are placed before its end.",
        "The sitting is over; opinions are placed before its end.",
    ),
    Code.TEXT_TOO_LONG: (
        "The text has {length} characters; at most {limit} are kept.",
        "The text is too long; shorten it.",
    ),
    Code.CHARACTER_FORBIDDEN: (
        "Character {position} is {character:sign}, which cannot be kept; leave it out.",
        "A character of the text cannot be kept; leave it out.",
    ),
    Code.LANGUAGE_TAG_INVALID: (
        '"{tag}" is no language tag; one is "ru" or "zh-Hans".',
        'This is no language tag; one is "ru" or "zh-Hans".',
    ),
    Code.SEAT_CODE_INVALID: (
        '"{given}" is no code of a seat: a capital letter, then 1 to 15 capital letters, digits or low lines.',
        "A code of a seat is a capital letter, then 1 to 15 capital letters, digits or low lines.",
    ),
    Code.NUMBER_OUT_OF_RANGE: (
        '"{scale}" does not do; give {least} to {most}, as a whole number or such as "1/60" or "0.5".',
        "{value} is out of range: {least} to {most}.",
        "{value} is out of range.",
        "A number is out of range.",
    ),
    Code.LIST_TOO_LONG: (
        "The list has {size} elements; at most {limit} are taken.",
        "The list is too long; shorten it.",
    ),
    Code.LIST_EMPTY: (
        "Nothing is left for {rest}: all is stated, or objected to on an older wording; name what is to change.",
        "`{name}` has no element; at least one is needed.",
        "A list is empty; fill it.",
    ),
    Code.DUPLICATE_ENTRY: ('"{entry}" is there twice; name it once.', "Something is there twice; name it once."),
    Code.CODE_UNKNOWN: (
        "This is no code. One has eight letters and digits, such as {form}; look at the card again.",
        "No card has this code; compare it with the card, letter by letter.",
    ),
    Code.CODE_USED: ("Somebody has come in by this card already; ask the chair for a new one.",),
    Code.CODE_EXPIRED: ("The session is sealed; its cards admit nobody any more.",),
    Code.CODE_REVOKED: ("This card does not count any more; ask the chair for the one that does.",),
    Code.TOO_MANY_CODES: (
        "Too many wrong codes were tried, perhaps by somebody near you; a right one counts again in {seconds} seconds.",
        "Too many wrong codes were tried, perhaps by somebody near you; a right one counts again in a minute.",
    ),
    Code.ATTENDANCE_UNCHANGED: ("Recorded as {here:word} already: {seats:and}.", "This is recorded already."),
    Code.OCCURRED_AT_NOT_CLAIMED: ("Only what is entered for a seat has a claimed time; leave `occurredAt` out.",),
    Code.OCCURRED_AT_OUT_OF_RANGE: (
        "What is entered happened between {earliest:time}, when the session was scheduled, and now, {latest:time}.",
        "What is entered has happened before; give a time that is past.",
    ),
    Code.CORRECTION_KIND: (
        "Entry {seq} ({kind}) is of a kind that is not corrected; it is mended by the commands that change it.",
        "An entry of this kind is not corrected; it is mended by the commands that change it.",
    ),
    Code.CORRECTION_MISMATCH: (
        "Entry {seq} is corrected by exactly one of these: {takes:or}.",
        "Give what the entry should have said, of its kind and nothing else.",
    ),
    Code.CORRECTION_NOT_YOURS: ("This entry is not yours to correct; ask whose it is, or the chair.",),
    Code.CORRECTION_SUPERSEDED: (
        "Entry {by} rests on entry {seq} or has replaced it; mend that one first.",
        "A later entry rests on this one or has replaced it; mend that one first.",
    ),
    Code.CORRECTION_TOGETHER: (
        "Entry {seq} was stated with entry {other}; correct that one, and both are put right.",
        "This entry was stated with the one before it; correct that one, and both are put right.",
    ),
    Code.CORRECTION_UNCHANGED: ("This is what the entry says already; give what differs.",),
    Code.ALREADY_CORRECTED: (
        "Entry {seq} has been corrected by entry {by}; correct that one.",
        "The entry has been corrected; correct its correction.",
    ),
    Code.IDEMPOTENCY_CONFLICT: ("This key stands for another command; take a new key for a new command.",),
    Code.SESSION_BUSY: ("Too many commands wait for this session; try again in a moment, with the same key.",),
}
