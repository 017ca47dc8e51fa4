"""Refusals in Chinese, in simplified characters: each says what is wrong and what would be right.

How a sentence is written, and what its places mean, stands in schema/api/sentences.py; the words in its places
are those of schema/api/chinese_words.py.
"""

from collections.abc import Mapping

from polylogue.refusals import RefusalCode as Code

SENTENCES: Mapping[Code, tuple[str, ...]] = {
    Code.NOT_PERMITTED: (
        "{role:word}不占席位；请不要填写 `seats`，或选择以下身份：{allowed:or}。",
        "没有该{absent:word}，或您未参与其中。",
        "您在此{place:word}中没有这一身份。有权者：{allowed:or}。",
        "无权进行此操作。有权者：{allowed:or}。",
        "您在此没有可进行此操作的身份。",
    ),
    Code.NOT_A_MEMBER: ("{seat}在此为{standing:word}；此操作仅限成员。", "此操作仅限成员。"),
    Code.SEAT_NOT_HELD: ("您不占有席位{seat}；请指明您所占的席位。", "请指明您所占的席位。"),
    Code.SEAT_AMBIGUOUS: ("请说明代表哪个席位：{seats:or}。", "请说明代表哪个席位。"),
    Code.UNKNOWN_REFERENCE: (
        "此处没有{kind:word}“{id}”；请指明已有的。",
        "没有这样的{kind:word}；请指明已有的。",
        "所指的内容在此处不存在。",
    ),
    Code.UNKNOWN_RULE_SET: (
        "没有议事规则“{name}”；现有规则见 `ruleSets`。",
        "没有这样的议事规则；现有规则见 `ruleSets`。",
    ),
    Code.SCENARIO_INVALID: (
        "没有剧本“{name}”；现有{there:and}。请指明其中之一，或给出定义。",
        "没有剧本“{name}”；请指明已有的剧本，或给出定义。",
        "请给出剧本名称或定义，二者取其一。",
    ),
    Code.SESSION_PHASE: (
        "会议现为“{phase:word}”；须在“{allowed:or}”时方可进行。",
        "会议现为“{phase:word}”；已不能进行。",
        "会议现阶段不能进行此操作。",
    ),
    Code.SESSION_SEALED: ("会议已封存；记录不再增加任何内容。",),
    Code.SESSION_MOVED_ON: (
        "会议记录已到第{current}条，而非第{given}条；请查看新内容后再作决定。",
        "会议已有进展；请查看新内容后再作决定。",
    ),
    Code.ITEM_PHASE: (
        "议程项目{number}现为“{phase:word}”；须在“{allowed:or}”时方可进行。",
        "该项目现阶段不能进行此操作。",
    ),
    Code.TEXT_STATE: (
        "项目{number}的案文现为“{state:word}”；须在“{allowed:or}”时方可进行。",
        "项目{number}的案文现为“{state:word}”；此时不能进行。",
        "案文现状下不能进行此操作。",
    ),
    Code.TEXT_EMPTY: ("`{field}` 为空；至少需要一个字或符号。", "文本为空；至少需要一个字或符号。"),
    Code.TEXT_ERASED: ("段落{id}的措辞已删除，不能通过；请另提措辞。", "有措辞已删除，不能通过；请另提措辞。"),
    Code.TEXT_UNSUPPORTED: (
        "第{clause}段无人支持；请由一个成员支持或修正，或将其撤回。",
        "有一段无人支持；请由一个成员支持或修正，或将其撤回。",
    ),
    Code.PROVISION_WITHDRAWN: ("段落{id}已撤回；请指明现存的段落。", "该段已撤回；请指明现存的段落。"),
    Code.PROVISION_MISSING: ("项目{number}已无任何段落；至少需要一段。", "已无任何段落；至少需要一段。"),
    Code.BRACKETS_OPEN: ("项目{number}的案文仍有方括号：{left}。请先去掉方括号。", "案文仍有方括号。请先去掉方括号。"),
    Code.NOT_BRACKETED: (
        "该段不在方括号内（{state:word}）；没有方括号可去掉。",
        "该段不在方括号内；没有方括号可去掉。",
    ),
    Code.BRACKET_OBJECTED: (
        "{seats:and}反对第{clause}段的这一措辞（“{reason}”）；请先解决，或另选措辞。",
        "{seats:and}反对第{clause}段的这一措辞；请先解决，或另选措辞。",
        "对这一措辞仍有反对；请先解决，或另选措辞。",
    ),
    Code.BRACKET_UNKNOWN: (
        "第{clause}段没有方括号{bracket}，共有{count}个；请查看后再作决定。",
        "该段没有这样的方括号；请查看后再作决定。",
    ),
    Code.BRACKET_MOVED: (
        "第{clause}段的方括号以记录第{current}条为准，而非第{given}条；请查看后再作决定。",
        "方括号已有变动；请查看后再作决定。",
    ),
    Code.BRACKET_WHOLE: (
        "第{clause}段的各种措辞没有共同语文，或其中之一已删除；请整体去掉方括号。",
        "该段的各种措辞无法比较；请整体去掉方括号。",
    ),
    Code.BRACKET_SINGLE: (
        "方括号{bracket}并非由几个合成；请指明拆分之处。",
        "该方括号并非由几个合成；请指明拆分之处。",
    ),
    Code.BRACKET_PLACE: (
        "请在两个词之间拆分方括号{bracket}，每种读法各一处，使其前后都有不同。",
        "请在两个词之间拆分方括号，每种读法各一处，使其前后都有不同。",
    ),
    Code.BRACKET_NOT_CLOSED: (
        "第{clause}段没有可重新打开的方括号；请另提措辞。",
        "该段没有可重新打开的方括号；请另提措辞。",
    ),
    Code.VERSION_MISSING: (
        "第{clause}段尚无{language:word}文本，另有{more}个文本缺失或过时；请先提供。",
        "第{clause}段尚无{language:word}文本；请先提供。",
        "缺少一种语文文本；请先提供。",
    ),
    Code.VERSION_STALE: (
        "第{clause}段的{language:word}文本早于其现有措辞，另有{more}个文本缺失或过时；请重新提供，或确认仍然相符。",
        "第{clause}段的{language:word}文本早于其现有措辞；请重新提供，或确认仍然相符。",
        "有语文文本早于该段现有措辞；请重新提供，或确认仍然相符。",
    ),
    Code.VERSION_FITS: (
        "第{clause}段已有相符的{language:word}文本；请改为以该语文提出修正案。",
        "该语文文本已有且相符；请改为以该语文提出修正案。",
    ),
    Code.VERSION_NOT_AUTHENTIC: (
        "{language:word}文本不会作为作准文本通过；请反对该段，或反对{allowed:or}文本。",
        "此处没有作准的语文文本；请反对该段。",
    ),
    Code.LANGUAGE_NOT_IN_SESSION: (
        "本会议保有{allowed:and}文本；请提供其中一种。",
        "本会议没有语文文本：其剧本未指明作准语文。",
    ),
    Code.LANGUAGE_NOT_SPOKEN: (
        "{seat}只以其所用语文提供和确认文本：{allowed:and}。",
        "代表团只以其所用语文提供和确认文本。",
    ),
    Code.NOT_SPONSOR: ("只有提案方可以这样做：{sponsor:or}。", "只有提案方可以这样做。"),
    Code.ALREADY_SPONSOR: ("{seat}已是该段的提案方。", "该代表团已是提案方。"),
    Code.SPONSORED_BY_CHAIR: ("该段由主席提出；没有提案方可加入。",),
    Code.AMENDMENT_NOT_PENDING: (
        "该修正案{state:word}；只有待答复的修正案才可修正、修订、接受或撤回。",
        "该修正案已非待答复状态。",
    ),
    Code.AMENDMENT_INVALID: (
        "{kind} 类修正案没有 `{surplus}`；请删去。",
        "{kind} 类修正案缺少 `{missing}`；请填写。",
        "所给内容与修正案的种类不符。",
    ),
    Code.AMENDMENT_DEPTH: ("这已是对修正案的修正案；请另行提出。",),
    Code.AMENDMENT_OVERLAPS: ("他人已改动同样的文字；请说明现在的措辞应当如何。",),
    Code.ALREADY_ACCEPTED: ("您已接受该修正案；仍待{waiting:and}答复。", "您已接受该修正案。"),
    Code.WORDING_UNCHANGED: ("现有措辞即是如此；请给出不同的措辞。",),
    Code.ORDER_UNCHANGED: ("第{itself}段不能排在自身之后；请指明其他位置。", "该段已在该处；请指明其他位置。"),
    Code.ORDER_PREAMBLE: (
        "序言段排在执行段之前，执行段始于第{before}段；请指明其前的位置。",
        "执行段排在序言之后，序言止于第{behind}段；请指明其后的位置。",
        "序言排在执行段之前；请指明其他位置。",
    ),
    Code.ORDER_WITHDRAWN: ("拟排于其后的段落已撤回；请重新提出，并指明其他位置。",),
    Code.REVISION_STALE: ("现为第{current}稿，而非第{given}稿；请查看后再作决定。", "措辞已有变动；请查看后再作决定。"),
    Code.DRAFT_OUTDATED: (
        "草案依据某段第{given}稿，而现为第{current}稿；请重新起草。",
        "草案依据先前措辞；请重新起草。",
    ),
    Code.DRAFT_MISATTRIBUTED: (
        "草案第{clause}段所列文字并非{seats:and}所提；请先为其录入，或标明 `drawn`（取材）。",
        "草案第{clause}段所注来源的文字与此不同；如取材于该来源，请标明 `drawn`。",
        "草案所注来源的文字与此不同；如取材于该来源，请标明 `drawn`。",
    ),
    Code.DRAFT_PENDING: (
        "已要求就项目{number}起草；草案将会提交。如果迟迟不来，请用 `insteadOfId` {id} 重新要求。",
        "已要求起草；草案将会提交。如果迟迟不来，请用 `insteadOfId` 重新要求。",
    ),
    Code.ROUNDS_OVER: (
        "项目{number}的各轮在第{round}轮结束：{reason:word}。情况有变时继续。",
        "该项目的各轮已经结束。情况有变时继续。",
    ),
    Code.WRITER_NOT_CONFIGURED: ("此处未设语言模型；请要求仅按规则起草。",),
    Code.CANDIDATE_PAST: ("已有新的一轮；请指明第{round}轮的候选案文。", "已有新的一轮；请指明最新一轮的候选案文。"),
    Code.CANDIDATE_OUTDATED: (
        "候选案文依据某段第{given}稿，而现为第{current}稿；请要求进行新的一轮。",
        "候选案文所写的某段此后已有变动。请要求进行新的一轮。",
    ),
    Code.CANDIDATE_UNSUPPORTED: (
        "第{clause}段中无人提出过“{sentence}”（{words}）；请采用其他候选案文，或由一个成员提出。",
        "候选案文含有无人提出过的内容；请采用其他候选案文，或由一个成员提出这些文字。",
    ),
    Code.CANDIDATE_CHANGES_NOTHING: ("采用该候选案文将没有案文，或案文保持原样。",),
    Code.ROLL_CALL_MISSING: ("第{sitting}次会议尚未点名；请先点名。", "本次会议尚未点名；请先点名。"),
    Code.QUORUM_NOT_MET: ("出席{present}个，作出决定需{needed}个。", "出席成员不足，不能决定。"),
    Code.CIRCULATION_RUNNING: (
        "项目{number}的案文供各代表团研究至{until:time}；请在此后提请协商一致。",
        "案文正供各代表团研究；请在研究期满后提请协商一致。",
    ),
    Code.CALL_OPEN: ("项目{number}的征询正在进行；请先结束征询。", "征询正在进行；请先结束征询。"),
    Code.CALLS_NOT_IN_RULES: ("议事规则{name}不设协商一致的征询。", "该议事规则不设协商一致的征询。"),
    Code.WINDOW_OPEN: ("反对意见可提至{until:time}；请在此后结束征询。", "仍可提出反对意见；请在期满后结束征询。"),
    Code.ANSWERS_MISSING: (
        "{seats:and}尚未答复：先前的反对须先予维持或撤回。",
        "尚有未答复者：先前的反对须先予维持或撤回。",
    ),
    Code.NO_SUCH_OBJECTION: ("征询中{seat}没有对该段的反对。", "征询中没有这样的反对。"),
    Code.ALREADY_OBJECTED: ("{seat}对该段的反对{state:word}。", "对该段已有反对。"),
    Code.OBJECTION_REASON_MISSING: (
        "反对须说明理由和可消除反对的改动；缺少 `{missing}`。",
        "反对须说明理由和可消除反对的改动。",
    ),
    Code.REASON_MISSING: ("须说明理由；请填写。",),
    Code.STANCE_REASON_MISSING: (
        "OBJECT 须说明理由和可消除反对的改动；缺少 `{missing}`。",
        "OBJECT 须说明理由和可消除反对的改动。",
    ),
    Code.STANCE_TARGET_INVALID: ("表态须针对该项目的一个段落，或该段的另一措辞。",),
    Code.STANCE_IN_CALL: (
        "项目{number}的征询正在进行；请改为提出、维持或撤回反对。",
        "征询正在进行；请改为提出、维持或撤回反对。",
    ),
    Code.BULK_OBJECT: ("不能对其余各段一并表示 OBJECT；请逐段表示并说明理由。",),
    Code.SITTING_OVER: (
        "通过项目{number}的第{sitting}次会议已经结束；意见须在其结束前载入记录。",
        "该次会议已经结束；意见须在其结束前载入记录。",
    ),
    Code.TEXT_TOO_LONG: ("文本有{length}个字符；最多保存{limit}个。", "文本过长；请缩短。"),
    Code.CHARACTER_FORBIDDEN: (
        "第{position}个字符是{character:sign}，无法保存；请删去。",
        "文本中有一个字符无法保存；请删去。",
    ),
    Code.LANGUAGE_TAG_INVALID: ("“{tag}”不是语文标记；例如“ru”或“zh-Hans”。", "这不是语文标记；例如“ru”或“zh-Hans”。"),
    Code.SEAT_CODE_INVALID: (
        "“{given}”不是席位代码：须为一个大写拉丁字母，后接1至15个大写字母、数字或下划线。",
        "席位代码为一个大写拉丁字母，后接1至15个大写字母、数字或下划线。",
    ),
    Code.NUMBER_OUT_OF_RANGE: (
        "“{scale}”不可用；请给出{least}至{most}之间的数，写作整数或“1/60”“0.5”之类。",
        "{value}超出范围：{least}至{most}。",
        "{value}超出范围。",
        "有一个数超出范围。",
    ),
    Code.LIST_TOO_LONG: ("列表有{size}项；最多接受{limit}项。", "列表过长；请缩短。"),
    Code.LIST_EMPTY: (
        "{rest}已无可表态之处：均已表态，或对先前措辞有反对；请指明要更改的内容。",
        "`{name}` 没有内容；至少需要一项。",
        "有一个列表为空；请填写。",
    ),
    Code.DUPLICATE_ENTRY: ("“{entry}”出现两次；请只写一次。", "有内容出现两次；请只写一次。"),
    Code.CODE_UNKNOWN: (
        "这不是入场码。入场码为八个字母和数字，如{form}；请再看看卡片。",
        "没有此入场码的卡片；请与卡片逐字核对。",
    ),
    Code.CODE_USED: ("已有人用此卡入场；请向主席索取新卡。",),
    Code.CODE_EXPIRED: ("会议已封存；其卡片不能再入场。",),
    Code.CODE_REVOKED: ("此卡已失效；请向主席索取有效的卡片。",),
    Code.TOO_MANY_CODES: (
        "输错入场码次数过多，也可能是您附近的人输错的；{seconds}秒后，正确的入场码即可使用。",
        "输错入场码次数过多，也可能是您附近的人输错的；一分钟后，正确的入场码即可使用。",
    ),
    Code.ATTENDANCE_UNCHANGED: ("已记录为{here:word}：{seats:and}。", "此项已有记录。"),
    Code.OCCURRED_AT_NOT_CLAIMED: ("只有代席位录入时才可注明发生时间；请删去 `occurredAt`。",),
    Code.OCCURRED_AT_OUT_OF_RANGE: (
        "所录入之事须发生在{earliest:time}（会议排定之时）与现在（{latest:time}）之间。",
        "所录入之事须已发生；请给出过去的时间。",
    ),
    Code.CORRECTION_KIND: (
        "记录第{seq}条（{kind}）属于不作更正的一类；请用相应的命令加以改动。",
        "此类记录不作更正；请用相应的命令加以改动。",
    ),
    Code.CORRECTION_MISMATCH: (
        "更正记录第{seq}条须恰好使用以下之一：{takes:or}。",
        "请给出该条记录应有的内容，种类须相同，不得有其他内容。",
    ),
    Code.CORRECTION_NOT_YOURS: ("该条记录不由您更正；请找其作者或主席。",),
    Code.CORRECTION_SUPERSEDED: (
        "记录第{by}条以第{seq}条为依据或已将其取代；请先更正前者。",
        "已有后来的记录以该条为依据或将其取代；请先更正后者。",
    ),
    Code.CORRECTION_TOGETHER: (
        "记录第{seq}条与第{other}条一并作出；请更正后者，两条即同时改正。",
        "该条记录与前一条一并作出；请更正前一条，两条即同时改正。",
    ),
    Code.CORRECTION_UNCHANGED: ("该条记录即是如此；请给出不同之处。",),
    Code.ALREADY_CORRECTED: (
        "记录第{seq}条已由第{by}条更正；请更正后者。",
        "该条记录已经更正；请更正其更正。",
    ),
    Code.IDEMPOTENCY_CONFLICT: ("此键属于另一命令；新命令请用新键。",),
    Code.SESSION_BUSY: ("该会议等待处理的命令过多；请稍后用同一键再试。",),
}
