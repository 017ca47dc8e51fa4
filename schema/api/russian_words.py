"""Words of the domain in Russian, as they stand in the sentences of schema/api/russian.py.

Why the words of states agree with what they are states of: a session, a text and an objection have three genders.
"""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    # phases of a session (feminine)
    "SCHEDULED": "назначена",
    "OPEN": "открыта",
    "SUSPENDED": "прервана",
    "CLOSED": "закрыта",
    "SEALED": "опечатана",
    # phases of an item (masculine)
    "LISTED": "ещё не рассматривается",
    "DELIBERATION": "обсуждается",
    "NEGOTIATION": "на переговорах",
    "DECISION": "на решении",
    "CONCLUDED": "завершён",
    "DEFERRED": "отложен",
    # states of a text (masculine), a provision, an amendment, an objection (as a note)
    "WORKING": "рабочий",
    "CIRCULATED": "разослан для изучения",
    "CLEAN": "чистый",
    "CALLED": "вынесен на консенсус",
    "ADOPTED": "принят",
    "BLOCKED": "без консенсуса",
    "PROPOSED": "предложено",
    "BRACKETED": "в скобках",
    "AGREED": "согласовано",
    "WITHDRAWN": "снято",
    "PENDING": "ожидает ответа",
    "ACCEPTED": "принято",
    "LAPSED": "отпало",
    "STANDING": "в силе",
    "RAISED": "заявлено",
    "MAINTAINED": "подтверждено",
    # why rounds end
    "NO_OBJECTION": "возражений не осталось",
    "WINNER_UNCHANGED": "вновь первый тот же вариант",
    # attendance
    "PRESENT": "на месте",
    "ABSENT": "нет в зале",
    # languages
    "en": "на английском языке",
    "ru": "на русском языке",
    "zh": "на китайском языке",
    "zh-Hans": "на китайском языке",
    # standings and roles
    "MEMBER": "член",
    "PARTNER": "партнёр",
    "OBSERVER": "наблюдатель",
    "GUEST": "гость",
    "ORGANISER": "организатор",
    "CHAIR": "председатель",
    "SECRETARIAT": "секретариат",
    "DELEGATE": "делегат",
    "FACILITATOR": "фасилитатор",
    "PUBLIC": "посетитель",
    "WORKER": "сервер",
    # what may be named
    "alternative": "другая формулировка",
    "amendment": "поправка",
    "candidate": "вариант текста",
    "delegation": "делегация",
    "item": "пункт повестки дня",
    "member": "член",
    "model": "модель",
    "person": "лицо",
    "position": "позиция",
    "provision": "пункт текста",
    "request": "запрос",
    "session": "сессия",
    "text": "текст",
    "wording": "формулировка",
}
"""Words of the domain as they stand in a sentence; a word that is not here, such as a seat's code, stands as it is."""

SIGNS: Mapping[str, str] = {
    "U+0000": "нулевой символ",
    "U+0009": "табуляция",
    "U+000B": "вертикальная табуляция",
    "U+000C": "перевод страницы",
    "U+000D": "возврат каретки без перевода строки",
    "U+001B": "управляющий символ Escape",
    "U+007F": "символ удаления",
    "U+FEFF": "метка порядка байтов",
}
"""What people call those forbidden characters that come in with pasted text."""
