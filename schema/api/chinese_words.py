"""Words of the domain in Chinese, as they stand in the sentences of schema/api/chinese.py.

Why apart from the sentences: other sentences than refusals need them, too.
"""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    # phases of a session
    "SCHEDULED": "已排定",
    "OPEN": "进行中",
    "SUSPENDED": "休会",
    "CLOSED": "已闭幕",
    "SEALED": "已封存",
    # phases of an item
    "LISTED": "已列入议程",
    "DELIBERATION": "讨论中",
    "NEGOTIATION": "谈判中",
    "DECISION": "待决定",
    "CONCLUDED": "已完成",
    "DEFERRED": "已推迟",
    # states of a text, a provision, an amendment, an objection
    "WORKING": "工作案文",
    "CIRCULATED": "已分发供研究",
    "CLEAN": "清稿",
    "CALLED": "已提请协商一致",
    "ADOPTED": "已通过",
    "BLOCKED": "未达成协商一致",
    "PROPOSED": "已提出",
    "BRACKETED": "在方括号内",
    "AGREED": "已商定",
    "WITHDRAWN": "已撤回",
    "PENDING": "待答复",
    "ACCEPTED": "已接受",
    "LAPSED": "已失效",
    "STANDING": "有效",
    "RAISED": "已提出",
    "MAINTAINED": "已维持",
    # why rounds end
    "NO_OBJECTION": "已无反对意见",
    "WINNER_UNCHANGED": "居首的仍是同一候选案文",
    # attendance
    "PRESENT": "出席",
    "ABSENT": "缺席",
    # languages
    "en": "英文",
    "ru": "俄文",
    "zh": "中文",
    "zh-Hans": "中文",
    # standings and roles
    "MEMBER": "成员",
    "PARTNER": "伙伴",
    "OBSERVER": "观察员",
    "GUEST": "嘉宾",
    "ORGANISER": "组织者",
    "CHAIR": "主席",
    "SECRETARIAT": "秘书处",
    "DELEGATE": "代表",
    "FACILITATOR": "协调人",
    "PUBLIC": "访客",
    "WORKER": "服务器",
    # what may be named
    "alternative": "另一措辞",
    "amendment": "修正案",
    "candidate": "候选案文",
    "delegation": "代表团",
    "item": "议程项目",
    "member": "成员",
    "model": "模型",
    "person": "人员",
    "position": "立场",
    "provision": "段落",
    "request": "请求",
    "session": "会议",
    "text": "文本",
    "wording": "措辞",
}
"""Words of the domain as they stand in a sentence; a word that is not here, such as a seat's code, stands as it is."""

SIGNS: Mapping[str, str] = {
    "U+0000": "空字符",
    "U+0009": "制表符",
    "U+000B": "垂直制表符",
    "U+000C": "换页符",
    "U+000D": "无换行的回车符",
    "U+001B": "转义符",
    "U+007F": "删除符",
    "U+FEFF": "字节顺序标记",
}
"""What people call those forbidden characters that come in with pasted text."""
